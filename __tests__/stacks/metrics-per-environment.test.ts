import { dev } from "../../environments/dev";
import { prod } from "../../environments/prod";
import { synthesizedEnvironment } from "../helpers/synthesized-environment";
import { type Block, type Template } from "../helpers/template";

const REFERENCE = /^\$\{(aws_\w+)\.([^.}]+)\.(\w+)\}$/;

/** Replaces a reference by the literal that it refers to; `undefined` when AWS chooses the value, which is then unique. */
function literal(template: Template, value: unknown): string | undefined {
  const [, type = "", name = "", attribute = ""] = REFERENCE.exec(String(value)) ?? [];
  if (type === "") return String(value).includes("${") ? undefined : String(value);
  const referred = template.json.resource?.[type]?.[name]?.[attribute];
  return referred === undefined ? undefined : literal(template, referred);
}

interface MetricName {
  readonly namespace: unknown;
  readonly name: unknown;
  readonly dimensions: Readonly<Record<string, unknown>>;
}

function blocks(value: unknown): Block[] {
  return (Array.isArray(value) ? value : value === undefined ? [] : [value]) as Block[];
}

function metricBlock(block: Block): MetricName {
  const dimensions = Array.isArray(block["dimensions"])
    ? Object.fromEntries(blocks(block["dimensions"]).map((entry) => [String(entry["name"]), entry["value"]]))
    : ((block["dimensions"] ?? {}) as Record<string, unknown>);
  return { namespace: block["namespace"], name: block["metric_name"], dimensions };
}

/** Every metric that a stack writes, watches, tracks or draws. */
function metrics(template: Template): MetricName[] {
  const all = (type: string) => Object.values(template.resources(type));
  const written = all("aws_cloudwatch_log_metric_filter").flatMap((filter) =>
    blocks(filter["metric_transformation"]).map(({ namespace, name, dimensions }) => ({
      namespace,
      name,
      dimensions: (dimensions ?? {}) as Record<string, unknown>,
    })),
  );
  const watched = all("aws_cloudwatch_metric_alarm").flatMap((alarm) =>
    [alarm, ...blocks(alarm["metric_query"]).flatMap(({ metric }) => blocks(metric))]
      .filter((block) => block["metric_name"] !== undefined)
      .map(metricBlock),
  );
  const tracked = all("aws_appautoscaling_policy")
    .flatMap((policy) => blocks(policy["target_tracking_scaling_policy_configuration"]))
    .flatMap((configuration) => blocks(configuration["customized_metric_specification"]))
    .flatMap((specification) => blocks(specification["metrics"]))
    .flatMap(({ metric_stat: stat }) => blocks(stat).flatMap(({ metric }) => blocks(metric).map(metricBlock)));
  return [...written, ...watched, ...tracked, ...all("aws_cloudwatch_dashboard").flatMap(drawn)];
}

function drawn(dashboard: Block): MetricName[] {
  // References inside the JSON text contain quotes; none is part of a metric of the app's own.
  const text = String(dashboard["dashboard_body"]).replace(/\$\{[^{}]*"[^{}]*\}/g, "${}");
  const { widgets } = JSON.parse(text) as { widgets: { properties: { metrics?: unknown[][] } }[] };
  return widgets
    .flatMap(({ properties }) => properties.metrics ?? [])
    .map((line) => line.filter((part) => typeof part === "string"))
    .filter((line) => line.length >= 2)
    .map(([namespace, name, ...rest]) => ({
      namespace,
      name,
      dimensions: Object.fromEntries(rest.flatMap((key, index) => (index % 2 ? [] : [[key, rest[index + 1]]]))),
    }));
}

function identities(template: Template): string[] {
  const found = metrics(template).flatMap(({ namespace, name, dimensions }) => {
    const values = Object.entries(dimensions).map(([key, value]) => [key, literal(template, value)] as const);
    if (values.some(([, value]) => value === undefined)) return [];
    return [JSON.stringify([namespace, name, Object.fromEntries(values.sort())])];
  });
  return [...new Set(found)];
}

it("environments of one account share no metric, so that none of their dashboards and alarms adds them up", () => {
  const [ofDev, ofProd] = [dev, prod].map((environment) => identities(synthesizedEnvironment(environment)));
  expect(ofDev!.length).toBeGreaterThan(20);
  expect(ofDev!.filter((identity) => ofProd!.includes(identity))).toEqual([]);
});
