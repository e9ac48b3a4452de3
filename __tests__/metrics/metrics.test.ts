import { type Json } from "../../tools/terraform/json";
import { contract } from "../../app/contract";
import { everyStack } from "../helpers/every-stack";
import { idsOf } from "../../tools/judges/metrics/metric-math";
import { judgeMetrics, metricKey } from "../../tools/judges/metrics/problems";

/** Metrics of the app, and of the application in the examples, which is not in this repository. */
const PUBLISHED = [
  ...Object.values(contract.container.metrics.names).map((name) =>
    metricKey(contract.metrics.namespace, name, [contract.metrics.dimension]),
  ),
  "Chat OpenConnections (Service)",
  // Of the CloudWatch agent. Source: CloudWatch user guide, "Metrics collected by the CloudWatch agent".
  ...["mem_used_percent", "disk_used_percent"].flatMap((name) =>
    [contract.metrics.namespace, "Chat"].map((app) => metricKey(`${app}/Instances`, name, ["AutoScalingGroupName"])),
  ),
];
const metricProblems = (stack: Json) => judgeMetrics(stack, PUBLISHED).problems;

describe("metric math", () => {
  it.each([
    ["IF((open - DIFF(open)) >= 250, -100 * DIFF(open) / (open - DIFF(open)), 0)", ["open"]],
    ["IF(requests >= 20, 100 * FILL(errors, 0) / requests, 0)", ["requests", "errors"]],
    ["desired - running", ["desired", "running"]],
    ["SUM(METRICS())", []],
    ["SEARCH('{AWS/RDS,DBInstanceIdentifier} CPUUtilization', 'Average', 300)", []],
    ["m1 > 1 AND m2 < 2.5", ["m1", "m2"]],
  ])("reads %s", (expression, ids) => {
    expect(idsOf(expression)).toEqual(ids);
  });

  it.each([
    ["a +", "expected a value"],
    ["(a", 'expected ")"'],
    ["a b", "expected an operator or the end"],
    ["FILL(a)", "expected 2 to 2 arguments of FILL, not 1"],
    ["ROUND(a)", "expected a function instead of ROUND"],
    ["a % 2", "expected a token"],
    ["/ a", "expected a value instead of /"],
  ])("refuses %s", (expression, message) => {
    expect(() => idsOf(expression)).toThrow(message);
  });
});

describe("notices", () => {
  const alarm = (fields: Readonly<Record<string, Json>>): Json => ({
    resource: { aws_cloudwatch_metric_alarm: { test: { statistic: "Sum", ...fields } } },
  });
  const balancer = "${aws_lb.a.arn_suffix}";
  const elb = { namespace: "AWS/ApplicationELB", metric_name: "HTTPCode_ELB_5XX_Count" };

  it.each<[string, Json, string]>([
    [
      "a metric that does not exist",
      alarm({ ...elb, metric_name: "HTTPCode_ELB_5xx" }),
      "has no metric HTTPCode_ELB_5xx",
    ],
    ["a missing dimension", alarm({ ...elb, dimensions: {} }), "has no dimensions  ("],
    [
      "an ARN as load balancer",
      alarm({ ...elb, dimensions: { LoadBalancer: "${aws_lb.a.arn}" } }),
      "the dimension LoadBalancer is not ${aws_lb.a.arn}",
    ],
    [
      "a statistic that does not exist",
      alarm({ ...elb, statistic: "Mean", dimensions: { LoadBalancer: balancer } }),
      "no statistic Mean",
    ],
    [
      "a metric that nobody publishes",
      alarm({ namespace: "MessengerCRM", metric_name: "OpenSockets", dimensions: { Service: "a" } }),
      "nothing publishes MessengerCRM OpenSockets (Service)",
    ],
    [
      "Container Insights without a cluster that has it on",
      alarm({
        namespace: "ECS/ContainerInsights",
        metric_name: "RunningTaskCount",
        dimensions: { ClusterName: "a", ServiceName: "a" },
      }),
      "no cluster has Container Insights on",
    ],
    [
      "an expression with an unknown id",
      alarm({ metric_query: [{ id: "e", expression: "a + 1" }] }),
      "a + 1: no metric has the id a",
    ],
  ])("%s", (_, stack, problem) => {
    expect(metricProblems(stack).join("\n")).toContain(problem);
  });

  it("nothing in a correct alarm", () => {
    expect(metricProblems(alarm({ ...elb, dimensions: { LoadBalancer: balancer } }))).toEqual([]);
  });
});

it("every alarm, dashboard and scaling policy of every stack reads metrics that are published", () => {
  const stacks = everyStack();
  const judgements = stacks.map(({ name, json }) => ({ name, ...judgeMetrics(json, PUBLISHED) }));
  expect(judgements.reduce((sum, { metrics }) => sum + metrics, 0)).toBeGreaterThan(300);
  expect(judgements.reduce((sum, { expressions }) => sum + expressions, 0)).toBeGreaterThan(20);
  expect(judgements.flatMap(({ name, problems }) => problems.map((problem) => `${name} ${problem}`))).toEqual([]);
});

it("metrics of the application are counted apart when nobody says what it publishes", () => {
  const own = { namespace: "MessengerCRM", metric_name: "OpenSockets", dimensions: { Service: "a" } };
  const stack: Json = { resource: { aws_cloudwatch_metric_alarm: { test: { statistic: "Sum", ...own } } } };
  expect(judgeMetrics(stack)).toEqual({ metrics: 0, expressions: 0, ofTheApp: 1, problems: [] });
});
