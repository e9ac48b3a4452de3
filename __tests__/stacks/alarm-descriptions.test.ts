import { dev } from "../../environments/dev";
import { type Environment } from "../../environments";
import { PROFILE_NAMES } from "../../environments/profiles";
import { entranceEnvironment, ENTRANCES } from "../helpers/entrance-environment";
import { profileEnvironment } from "../helpers/profile-environment";
import { synthesizedEnvironment } from "../helpers/synthesized-environment";
import { type Block, type Template } from "../helpers/template";

/** Source: CloudWatch API reference, PutMetricAlarm.AlarmDescription. */
const MAX_LENGTH = 1024;

type Check = (template: Template, ...names: string[]) => boolean;

const blocks = (template: Template, type: string) => Object.values(template.resources(type));
const named = (template: Template, type: string, attribute: string, value: string) =>
  blocks(template, type).find((block) => block[attribute] === value);

/** Resolves `${type.name.attribute}` to the resource that it refers to. */
function referred(template: Template, reference: string): Block | undefined {
  const [, type = "", name = ""] = /^\$\{(aws_\w+)\.([^.}]+)\./.exec(reference) ?? [];
  return template.json.resource?.[type]?.[name];
}

function hasWidget(template: Template, dashboard: string, heading: string | undefined, title: string): boolean {
  const body = named(template, "aws_cloudwatch_dashboard", "dashboard_name", dashboard)?.["dashboard_body"];
  const text = String(body).replace(/\$\{[^{}]*\}/g, "");
  const { widgets } = JSON.parse(text) as { widgets: { properties: { title?: string; markdown?: string } }[] };
  let under: string | undefined;
  return widgets.some(({ properties }) => {
    if (properties.markdown?.startsWith("## ")) under = properties.markdown.slice(3);
    return properties.title === title && under === heading;
  });
}

/** Every place that a description may name, with what the stack needs so that the place exists and has something to show. */
const PLACES: readonly (readonly [RegExp, Check])[] = [
  [
    /^dashboard (\S+): (?:([^,]+), )?([^,]+)$/,
    (template, dashboard, heading, title) => hasWidget(template, dashboard, heading, title),
  ],
  [
    /^log group (\S+)$/,
    (template, name) => {
      const group = referred(template, name) ?? named(template, "aws_cloudwatch_log_group", "name", name);
      const written = String(group?.["name"]);
      if (written.startsWith("aws-waf-logs-")) return template.count("aws_wafv2_web_acl_logging_configuration") > 0;
      if (written.endsWith("/slow-log")) return template.text.includes('"log_type": "slow-log"');
      return written.startsWith("/ecs/");
    },
  ],
  [
    /^events and stopped tasks of ECS service (\S+) in cluster (\S+)$/,
    (template, service) => named(template, "aws_ecs_service", "name", service) !== undefined,
  ],
  [
    /^health of the targets of (\S+)$/,
    (template, suffix) => referred(template, suffix)?.["health_check"] !== undefined,
  ],
  [
    /^Performance Insights of (\S+)$/,
    (template, identifier) =>
      [referred(template, identifier)!, ...blocks(template, "aws_rds_cluster_instance")].some(
        (block) => block["performance_insights_enabled"] === true,
      ),
  ],
  [/^events of database (\S+)$/, (template, identifier) => referred(template, identifier) !== undefined],
  [
    /^certificate (\S+) in ACM$/,
    (template, arn) => arn.startsWith("arn:aws:acm:") || referred(template, arn) !== undefined,
  ],
  [/^distribution (\S+)$/, (template, id) => referred(template, id)?.["enabled"] === true],
];

function exists(template: Template, place: string): boolean {
  for (const [pattern, check] of PLACES) {
    const match = pattern.exec(place);
    if (match) return check(template, ...match.slice(1));
  }
  return false;
}

const environments: readonly Environment[] = [
  dev,
  ...PROFILE_NAMES.map(profileEnvironment),
  ...ENTRANCES.filter((entrance) => entrance !== "header").map(entranceEnvironment),
];

describe.each(environments.map((environment) => [environment.name, environment] as const))("%s", (_, environment) => {
  const template = synthesizedEnvironment(environment);
  const alarms = Object.entries(template.resources("aws_cloudwatch_metric_alarm")).map(
    ([path, alarm]) => [path, String(alarm["alarm_description"])] as const,
  );

  it.each(alarms)("%s says what is wrong, where to look and what to do first", (_path, description) => {
    const [, wrong = "", look = "", first = ""] =
      /^([A-Z].+?\.) Look at (.+)\. First: ([a-z].+\.)$/.exec(description) ?? [];
    expect([wrong, look, first]).not.toContain("");
    expect(description.length).toBeLessThanOrEqual(MAX_LENGTH);
    expect(look.split("; ").filter((place) => !exists(template, place))).toEqual([]);
    // Whatever is a place belongs where it is checked.
    expect(`${wrong} ${first}`).not.toMatch(/\blogs?\b|log group|dashboard|graph|Insights|sampled|console|events/i);
  });

  it("its composite alarm names the dashboard", () => {
    const composites = blocks(template, "aws_cloudwatch_composite_alarm").map((alarm) =>
      String(alarm["alarm_description"]),
    );
    const dashboards = blocks(template, "aws_cloudwatch_dashboard").map((block) => String(block["dashboard_name"]));
    for (const description of composites) {
      const [, place = ""] = / Look at (.+?)\. First: /.exec(description) ?? [];
      expect(place === "the alarms that are on" || dashboards.includes(place.replace("dashboard ", ""))).toBe(true);
    }
  });
});
