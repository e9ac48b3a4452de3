import { AlarmTopic, Monitoring } from "../../../modules/monitoring";
import { refusal } from "../../helpers/refusal";

const monitoring = (props: object) => refusal((stack) => void new Monitoring(stack, "x", { name: "crm", ...props }));

it.each<[string, object, string]>([
  [
    "a cache of no kind",
    { cache: {} },
    'cache.kind: expected a value, got nothing. Set it to "nodes" or "serverless".',
  ],
  [
    "a cache of a kind known only at apply",
    { cache: { kind: "${var.kind}" } },
    'cache.kind: expected a literal, one of nodes, serverless, got "${var.kind}". Serverless caches have other metrics than nodes.',
  ],
  [
    "a node twice",
    { cache: { kind: "nodes", nodeIds: ["a-001", "a-001"] } },
    'cache.nodeIds: expected each node once, got "a-001". Remove the repeated one.',
  ],
  [
    "a dimension that CloudWatch does not take",
    { app: { namespace: "Chat", dimensions: { Service: "" }, metrics: {} } },
    'app.dimensions.Service: expected 1 to 255 printable ASCII characters that do not begin with a colon, got "". Pass it as the app reports it.',
  ],
  [
    "a metric that CloudWatch does not take",
    { app: { namespace: "Chat", dimensions: {}, metrics: { openConnections: "接続" } } },
    'app.metrics.openConnections: expected 1 to 255 printable ASCII characters that do not begin with a colon, got "接続". Pass the metric\'s name as the app reports it, or omit it.',
  ],
  [
    "a dashboard known only at apply",
    { service: { clusterName: "c", serviceName: "s" }, dashboard: { resolve: () => true } },
    "dashboard: expected a literal true or false, got a value that is known only at apply. It decides what is synthesized, so it must be known at synth.",
  ],
])("refuses %s", (_, props, message) => expect(monitoring(props)).toEqual([`[test/x] ${message}`]));

it("refuses a subscription without a protocol", () => {
  const props = { name: "crm", subscriptions: { ops: {} } } as never;
  expect(refusal((stack) => void new AlarmTopic(stack, "x", props))).toEqual([
    "[test/x] subscriptions.ops.protocol: expected a value, got nothing. Use one of email, https, sqs, lambda.",
  ]);
});
