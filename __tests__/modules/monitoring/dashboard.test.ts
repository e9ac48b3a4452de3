import { TerraformVariable } from "cdktf";
import { Monitoring, type MonitoringProps } from "../../../modules/monitoring";
import { type PlacedWidget, place, text } from "../../../modules/monitoring/dashboard/widgets";
import { synthesize } from "../../helpers/synth";
import { type Template } from "../../helpers/template";
import { everything, interpolated } from "./fixture";

interface Body {
  readonly widgets: (PlacedWidget & {
    properties: { title?: string; markdown?: string; region?: string; metrics?: unknown[][] };
  })[];
}
const body = (template: Template) => interpolated(template.only("aws_cloudwatch_dashboard")["dashboard_body"]) as Body;
const dashboard = (props: Partial<MonitoringProps> = {}) =>
  body(synthesize((stack) => void new Monitoring(stack, "monitoring", { ...everything, ...props })));
const titles = ({ widgets }: Body) => widgets.map(({ properties }) => properties.title ?? properties.markdown);

const logMetrics = { WebSocketConnections: { namespace: "MessengerCRM", text: "[WebSocket] Client connected" } };

const shapes: [string, Partial<MonitoringProps>][] = [
  ["everything", { logMetrics }],
  [
    "a service alone",
    { loadBalancer: undefined, database: undefined, cache: undefined, waf: undefined, app: undefined },
  ],
  [
    "a serverless cache and a cluster",
    { cache: { kind: "serverless", serverlessName: "c" }, database: { identifier: "c", isCluster: true } },
  ],
  [
    "many targets and nodes",
    {
      loadBalancer: {
        loadBalancerArnSuffix: "app/crm/0a",
        targets: { a: "targetgroup/a/0a", b: "targetgroup/b/0b", c: "targetgroup/c/0c" },
      },
      cache: { kind: "nodes", nodeIds: Array.from({ length: 20 }, (_, index) => `crm-${index + 1}`) },
    },
  ],
];

describe.each(shapes)("the dashboard of %s", (_, props) => {
  const { widgets } = dashboard(props);

  it("fits 24 columns without overlapping widgets", () => {
    const taken = new Set<string>();
    for (const { x, y, width, height } of widgets) {
      expect(x + width).toBeLessThanOrEqual(24);
      for (let column = x; column < x + width; column++) {
        for (let row = y; row < y + height; row++) {
          expect(taken).not.toContain(`${column},${row}`);
          taken.add(`${column},${row}`);
        }
      }
    }
  });

  it("sets the region on every widget that shows data", () => {
    const data = widgets.filter(({ type }) => type === "metric" || type === "log");
    expect(data.map(({ properties }) => properties.region)).toEqual(Array(data.length).fill("ap-northeast-1"));
  });

  it("has no empty metric line and no duplicate id in a widget", () => {
    for (const { properties } of widgets) {
      if (!properties.metrics) continue;
      expect(properties.metrics.length).toBeGreaterThan(0);
      const ids = properties.metrics.flatMap((line) => (line.at(-1) as { id?: string }).id ?? []);
      expect(new Set(ids).size).toBe(ids.length);
    }
  });

  it("shows at most the 100 alarms that fit", () => {
    const [status] = widgets.filter(({ type }) => type === "alarm");
    expect((status!.properties as unknown as { alarms: string[] }).alarms.length).toBeLessThanOrEqual(100);
  });
});

it("shows from top to bottom whether users notice, how badly, since when, and why", () => {
  expect(titles(dashboard({ logMetrics }))).toEqual([
    "# crm-prod\nEach alarm's description says what it means and where to look first.",
    ...["Alarms", "Tasks", "Open connections", "Messages a second", "Errors %"],
    ...["## Latency", "Acknowledgement in ms", "Delivery in ms", "Event loop lag in ms"],
    ...["## Load balancer", "5xx a minute", "Targets", "Connections", "Requests a minute"],
    "Response time in seconds (long-polling holds requests on purpose)",
    ...["## Service", "CPU %", "Memory %"],
    ...["## Database", "CPU %", "Connections", "Disk latency in seconds", "Free storage in bytes"],
    ...["## Cache", "Engine CPU %", "Memory %", "Evictions", "Connections"],
    ...["## Firewall", "Requests a minute"],
    ...["## Counted in the logs", "Log events a minute"],
    ...["## Logs", "Last errors"],
  ]);
});

it("sums open connections over all tasks, whatever their number", () => {
  const widget = dashboard().widgets.find(({ properties }) => properties.title === "Open connections")!;
  expect(widget.properties.metrics).toEqual([
    [
      "MessengerCRM",
      "OpenConnections",
      "Service",
      "crm-prod",
      { id: "open0", visible: false, stat: "Sum", period: 300 },
    ],
    [{ id: "result0", label: "all tasks", expression: "open0 * 60 / PERIOD(open0)" }],
    ["MessengerCRM", "OpenConnections", "Service", "crm-prod", { label: "fullest task", stat: "Maximum", period: 60 }],
  ]);
});

it("draws the alarm's threshold into its graph", () => {
  const widget = dashboard({ thresholds: { serviceCpuPercent: 70 } }).widgets.find(
    ({ properties }) => properties.title === "CPU %",
  )!;
  expect(widget.properties).toMatchObject({ annotations: { horizontal: [{ label: "alarm", value: 70 }] } });
});

it("links to the runbook", () => {
  expect(titles(dashboard({ runbookUrl: "https://example.com/runbook" }))[0]).toBe(
    "# crm-prod\n[Runbook](https://example.com/runbook): every alarm links to its entry there.",
  );
});

it("shows the last errors of the service's log group", () => {
  const widget = dashboard().widgets.at(-1)!;
  expect(widget).toMatchObject({ type: "log", width: 24, properties: { view: "table" } });
  expect((widget.properties as { query?: string }).query).toMatch(
    /^SOURCE '\/ecs\/crm' \| fields @timestamp, @message \| filter /,
  );
});

it("is valid JSON with values known only at apply", () => {
  const template = synthesize((stack) => {
    const text = (name: string) => new TerraformVariable(stack, name, { type: "string" }).stringValue;
    const number = new TerraformVariable(stack, "number", { type: "number" }).numberValue;
    new Monitoring(stack, "monitoring", {
      name: "crm-prod",
      alarmTopicArn: text("topic"),
      service: { clusterName: text("cluster"), serviceName: text("service"), logGroupName: text("logs") },
      loadBalancer: {
        loadBalancerArnSuffix: text("balancer"),
        targets: { app: text("target") },
        longestHeldRequestSec: number,
      },
      database: { identifier: text("database"), maxConnections: number, allocatedStorageGiB: number },
    });
  });
  expect(body(template).widgets.length).toBeGreaterThan(10);
  expect(template.text).not.toMatch(/TfToken|e\+\d\d/);
  expect(template.only("aws_cloudwatch_dashboard")["dashboard_body"]).toContain('${element(split(":", var.topic), 3)}');
});

it("is never wider than CloudWatch's grid", () => {
  expect(() => place([[text("a", 1), text("b", 1)]])).toThrow("a row of the dashboard has 48 columns, at most 24 fit");
});
