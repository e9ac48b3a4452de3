import { AlarmTopic, type AlarmTopicProps } from "../../../modules/monitoring";
import { refusal } from "../../helpers/refusal";
import { synthesize } from "../../helpers/synth";
import { interpolated } from "./fixture";

const onCall = { "on-call": { protocol: "email", endpoint: "ops@example.com" } } as const;
const topic = (props: Partial<AlarmTopicProps> = {}) =>
  synthesize((stack) => void new AlarmTopic(stack, "topic", { name: "crm-prod", subscriptions: onCall, ...props }));

it("creates a topic, its policy and the subscriptions", () => {
  const template = topic();
  expect(template.counts()).toEqual({ aws_sns_topic: 1, aws_sns_topic_policy: 1, aws_sns_topic_subscription: 1 });
  expect(template.only("aws_sns_topic")).toEqual({
    name: "crm-prod-alarms",
    lifecycle: { create_before_destroy: true },
  });
  expect(template.resource("aws_sns_topic_subscription", "topic/subscription-on-call")).toMatchObject({
    protocol: "email",
    endpoint: "ops@example.com",
  });
});

it("accepts this account's alarms and deployment events, over TLS only", () => {
  const { Statement } = interpolated(topic().only("aws_sns_topic_policy")["policy"]) as { Statement: unknown[] };
  const Resource = "known-at-apply";
  expect(Statement).toEqual([
    {
      Sid: "AlarmsOfThisAccount",
      Effect: "Allow",
      Principal: { Service: "cloudwatch.amazonaws.com" },
      Action: "sns:Publish",
      Resource,
      Condition: { StringEquals: { "aws:SourceAccount": "known-at-apply" } },
    },
    {
      Sid: "DeploymentEvents",
      Effect: "Allow",
      Principal: { Service: "events.amazonaws.com" },
      Action: "sns:Publish",
      Resource,
    },
    {
      Sid: "TlsOnly",
      Effect: "Deny",
      Principal: "*",
      Action: "sns:Publish",
      Resource,
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    },
  ]);
  expect(topic().only("aws_sns_topic_policy")["policy"]).toMatch(
    /element\(split\(":", aws_sns_topic\.[^.]+\.arn\), 4\)/,
  );
});

it("encrypts with a customer managed key", () => {
  const kmsKeyArn = "arn:aws:kms:ap-northeast-1:123456789012:key/abc";
  expect(topic({ kmsKeyArn }).only("aws_sns_topic")["kms_master_key_id"]).toBe(kmsKeyArn);
});

it("accepts queues, functions and URLs", () => {
  const subscriptions = {
    queue: { protocol: "sqs", endpoint: "arn:aws:sqs:ap-northeast-1:123456789012:alarms" },
    function: { protocol: "lambda", endpoint: "arn:aws:lambda:ap-northeast-1:123456789012:function:alarms" },
    hook: { protocol: "https", endpoint: "https://example.com/hook" },
  } as const;
  expect(topic({ subscriptions }).count("aws_sns_topic_subscription")).toBe(3);
});

it("escapes template syntax in an address", () => {
  const subscriptions = { hook: { protocol: "https", endpoint: "https://example.com/${team}/%{x}" } } as const;
  const { endpoint } = topic({ subscriptions }).only("aws_sns_topic_subscription");
  expect(endpoint).toBe("https://example.com/$${team}/%%{x}");
});

describe("the topic refuses", () => {
  const subscribe = (protocol: string, endpoint: string) =>
    ({ subscriptions: { "on-call": { protocol, endpoint } } }) as Partial<AlarmTopicProps>;
  const endpoint = (expected: string, got: string, protocol: string) =>
    `[test/topic] subscriptions.on-call.endpoint: expected ${expected}, got "${got}". It must fit the protocol ${protocol}.`;
  const cases: [string, Partial<AlarmTopicProps>, string][] = [
    [
      "a malformed address",
      subscribe("email", "ops"),
      endpoint("an e-mail address, such as ops@example.com", "ops", "email"),
    ],
    [
      "a URL without TLS",
      subscribe("https", "http://example.com"),
      endpoint(
        "a URL such as https://alerts.example.com/aws, with no user, password and fragment",
        "http://example.com",
        "https",
      ),
    ],
    ["a queue by URL", subscribe("sqs", "https://sqs"), endpoint("the ARN of a standard queue", "https://sqs", "sqs")],
    ["a function by name", subscribe("lambda", "alarms"), endpoint("the ARN of a function", "alarms", "lambda")],
    [
      "a protocol without TLS",
      subscribe("http", "http://example.com"),
      '[test/topic] subscriptions.on-call.protocol: expected one of email, https, sqs, lambda, got "http". Only these protocols are supported; plain HTTP is not encrypted in transit.',
    ],
    [
      "a name that is no id",
      { subscriptions: { "On call": { protocol: "email", endpoint: "ops@example.com" } } },
      '[test/topic] subscriptions.On call: expected a name of lower-case letters, digits and single hyphens, got "On call". Use a name such as "on-call".',
    ],
    [
      "the alias of SNS's own key",
      { kmsKeyArn: "alias/aws/sns" },
      '[test/topic] kmsKeyArn: expected the ARN of a KMS key, arn:…:kms:<region>:<account>:key/<id>, got "alias/aws/sns". Pass the ARN of a KMS key, not its id or alias.',
    ],
  ];
  it("a subscription of undefined", () => {
    const subscriptions = { "on-call": undefined } as unknown as AlarmTopicProps["subscriptions"];
    expect(refusal((stack) => void new AlarmTopic(stack, "topic", { name: "crm", subscriptions }))).toEqual([
      "[test/topic] subscriptions.on-call: expected an object, got nothing. See the table of props in the README.",
    ]);
  });

  it.each(cases)("%s", (_, props, message) => {
    const build = { name: "crm", subscriptions: onCall, ...props };
    expect(refusal((stack) => void new AlarmTopic(stack, "topic", build))).toEqual([message]);
  });
});

it("warns when nobody would be notified", () => {
  let warnings: unknown[] = [];
  synthesize((stack) => {
    const made = new AlarmTopic(stack, "topic", { name: "crm" });
    warnings = made.node.metadata.filter(({ type }) => type.endsWith("warn")).map(({ data }) => data as unknown);
  });
  expect(warnings).toEqual([
    "no subscriptions: nobody is notified of an alarm. Add at least one subscription, for example an e-mail address.",
  ]);
});
