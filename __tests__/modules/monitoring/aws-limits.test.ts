import { AlarmTopic, Monitoring, type MonitoringProps } from "../../../modules";
import { type Subscription } from "../../../modules/monitoring";
import { refusal } from "../../helpers/refusal";
import { synthesize } from "../../helpers/synth";

const service = { clusterName: "crm", serviceName: "crm", logGroupName: "/ecs/crm" };
const numbered = <T>(count: number, entry: (index: number) => T) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`M${index}`, entry(index)]));
const refused = (props: Partial<MonitoringProps>) =>
  refusal((stack) => void new Monitoring(stack, "monitoring", { name: "crm", service, ...props }));

it("a metric has at most 30 dimensions", () => {
  const app = { namespace: "CRM", dimensions: numbered(31, String), metrics: { openConnections: "Open" } };
  expect(refused({ app })).toEqual([expect.stringContaining("app.dimensions: expected 0 to 30, got 31") as string]);
});

it("a log group has at most 100 metric filters", () => {
  const logMetrics = numbered(101, (index) => ({ text: `event ${index}` }));
  expect(refused({ logMetrics })).toEqual([
    "[test/monitoring] logMetrics: expected at most 100 for each log group, got 101. CloudWatch Logs allows no more: let the app report metrics of its own.",
  ]);
  const inTwoGroups = numbered(101, (index) => ({ text: `event ${index}`, logGroupName: `/ecs/${index % 2}` }));
  synthesize((stack) => void new Monitoring(stack, "monitoring", { name: "crm", service, logMetrics: inTwoGroups }));
});

it("an endpoint is subscribed to a topic once", () => {
  const mail = (endpoint: string): Subscription => ({ protocol: "email", endpoint });
  const twice = { oncall: mail("ops@example.com"), lead: mail("ops@example.com") };
  expect(refusal((stack) => void new AlarmTopic(stack, "topic", { name: "crm", subscriptions: twice }))).toEqual([
    expect.stringMatching(
      /^\[test\/topic\] subscriptions: .*aws_sns_topic_subscription email ops@example\.com/,
    ) as string,
  ]);
  synthesize((stack) => {
    const subscriptions = { oncall: mail("ops@example.com"), lead: mail("lead@example.com") };
    new AlarmTopic(stack, "topic", { name: "crm", subscriptions });
    new AlarmTopic(stack, "other", { name: "other", subscriptions });
  });
});
