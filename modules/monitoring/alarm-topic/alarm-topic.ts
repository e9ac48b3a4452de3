import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import { SnsTopicPolicy } from "@cdktf/provider-aws/lib/sns-topic-policy";
import { SnsTopicSubscription } from "@cdktf/provider-aws/lib/sns-topic-subscription";
import { Construct } from "constructs";
import { arnField } from "../../core/arn";
import { Checks, formatValue } from "../../core/checks";
import { type PolicyStatement, policyDocument } from "../../core/iam-policy";
import { physicalName } from "../../core/names";
import * as kind from "../../core/kinds";
import { type WithDefaults, readProps } from "../../core/props";
import { escapeTemplate, isUnresolved } from "../../core/tokens";

export const PROTOCOLS = ["email", "https", "sqs", "lambda"] as const;
export type Protocol = (typeof PROTOCOLS)[number];

export interface Subscription {
  readonly protocol: Protocol;
  /** An address, an https URL, or the ARN of the queue or function. Somebody has to confirm by the link in an e-mail. */
  readonly endpoint: string;
}

export interface AlarmTopicProps {
  /** Stem of the topic's name. */
  readonly name: string;
  /**
   * Who hears of alarms, by a name of your own: `{ "on-call": { protocol: "email", endpoint: "ops@example.com" } }`.
   * @default nobody, with a warning
   */
  readonly subscriptions?: Readonly<Record<string, Subscription>>;
  /**
   * Customer managed key for the messages; its policy must let CloudWatch and EventBridge use it. The key `alias/aws/sns` cannot be
   * told to, so that alarms would be dropped without a word.
   * @default no encryption beyond that of SNS's own storage
   */
  readonly kmsKeyArn?: string;
}

/** Who hears of alarms, by a name of the caller's. */
export const SUBSCRIPTIONS = kind.record(kind.object<Subscription>({ protocol: kind.string, endpoint: kind.string }));

const PROPS: kind.Shape<AlarmTopicProps> = { name: kind.string, subscriptions: SUBSCRIPTIONS, kmsKeyArn: kind.string };
const DEFAULTS = { subscriptions: {} } as const satisfies Partial<AlarmTopicProps>;
type CompleteProps = WithDefaults<AlarmTopicProps, typeof DEFAULTS>;

/** An SNS topic that CloudWatch alarms of this account and EventBridge can publish to, over TLS only. */
export class AlarmTopic extends Construct {
  /** Known only when the topic's policy is there: an alarm that goes off sooner would be dropped. */
  readonly topicArn: string;
  readonly topic: SnsTopic;

  private readonly props: CompleteProps;

  /** @throws ConfigurationError with every problem of the props */
  constructor(scope: Construct, id: string, props: AlarmTopicProps) {
    super(scope, id);
    const checks = new Checks(this);
    this.props = readProps(checks, props, PROPS, DEFAULTS);
    validate(checks, this.props);

    this.topic = new SnsTopic(this, "topic", {
      name: physicalName([this.props.name, "alarms"], { maxLength: 256 }),
      kmsMasterKeyId: this.props.kmsKeyArn,
    });
    this.topicArn = this.createPolicy().arn;
    this.createSubscriptions();
  }

  private createPolicy(): SnsTopicPolicy {
    return new SnsTopicPolicy(this, "policy", {
      arn: this.topic.arn,
      policy: policyDocument(topicStatements(this.topic.arn)),
    });
  }

  private createSubscriptions(): void {
    for (const [key, { protocol, endpoint }] of Object.entries(this.props.subscriptions)) {
      new SnsTopicSubscription(this, `subscription-${key}`, {
        topicArn: this.topic.arn,
        protocol,
        endpoint: escapeTemplate(endpoint),
      });
    }
  }
}

function topicStatements(topicArn: string): PolicyStatement[] {
  return [
    {
      Sid: "AlarmsOfThisAccount",
      Effect: "Allow",
      Principal: { Service: "cloudwatch.amazonaws.com" },
      Action: "sns:Publish",
      Resource: topicArn,
      Condition: { StringEquals: { "aws:SourceAccount": arnField(topicArn, "accountId") } },
    },
    {
      // With any condition EventBridge's messages would be dropped. Source: EventBridge user guide, "Amazon SNS permissions".
      Sid: "DeploymentEvents",
      Effect: "Allow",
      Principal: { Service: "events.amazonaws.com" },
      Action: "sns:Publish",
      Resource: topicArn,
    },
    {
      Sid: "TlsOnly",
      Effect: "Deny",
      Principal: "*",
      Action: "sns:Publish",
      Resource: topicArn,
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    },
  ];
}

function validate(checks: Checks, props: CompleteProps): void {
  checks.baseName("name", props.name);
  checks.arn("kmsKeyArn", props.kmsKeyArn, "kms", "Pass the ARN of a KMS key, not its id or alias.");
  checkSubscriptions(checks, props.subscriptions);
  checks.throwIfInvalid();
  if (Object.keys(props.subscriptions).length === 0) {
    checks.warn("no subscriptions: nobody hears of an alarm. Add at least one e-mail address.");
  }
}

const KEY = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

const ENDPOINTS: Readonly<Record<Protocol, { pattern: RegExp; expected: string }>> = {
  email: { pattern: /^[^\s@]+@[^\s@]+\.[^\s@]+$/, expected: "an e-mail address" },
  https: { pattern: /^https:\/\/[^\s/]+/, expected: "a URL that begins with https://" },
  sqs: { pattern: /^arn:aws[a-z-]*:sqs:[a-z0-9-]+:\d{12}:.+$/, expected: "the ARN of a queue" },
  lambda: { pattern: /^arn:aws[a-z-]*:lambda:[a-z0-9-]+:\d{12}:function:.+$/, expected: "the ARN of a function" },
};

export function checkSubscriptions(checks: Checks, subscriptions: Readonly<Record<string, Subscription>>): void {
  for (const [key, subscription] of Object.entries(subscriptions)) {
    const prop = `subscriptions.${key}`;
    if (!checks.required(prop, subscription, "Pass its protocol and endpoint.")) continue;
    const { protocol, endpoint } = subscription;
    checks.require(KEY.test(key), {
      prop,
      expected: "a name of lower-case letters, digits and single hyphens",
      got: formatValue(key),
      remedy: 'For example "on-call".',
    });
    checks.required(`${prop}.protocol`, protocol, `Take one of ${PROTOCOLS.join(", ")}.`);
    checks.oneOf(`${prop}.protocol`, protocol, PROTOCOLS, "Messages have to be encrypted on their way.");
    const rule = isUnresolved(protocol) ? undefined : ENDPOINTS[protocol];
    if (!rule || !checks.required(`${prop}.endpoint`, endpoint, "Say where the messages go.")) continue;
    checks.matches(`${prop}.endpoint`, endpoint, rule.pattern, rule.expected, `The protocol is ${protocol}.`);
  }
}
