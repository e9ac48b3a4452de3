import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import { SnsTopicPolicy } from "@cdktf/provider-aws/lib/sns-topic-policy";
import { SnsTopicSubscription } from "@cdktf/provider-aws/lib/sns-topic-subscription";
import { Construct } from "constructs";
import { arnField } from "../../core/arn";
import { Checks } from "../../core/checks";
import { type PolicyStatement, policyDocument } from "../../core/iam-policy";
import { physicalName } from "../../core/names";
import { readProps } from "../../core/props";
import { escapeTemplate } from "../../core/tokens";
import { validateAlarmTopic } from "../validation/alarm-topic";
import { alarmTopicDefaults, type CompleteAlarmTopicProps } from "./defaults";
import { type AlarmTopicProps, PROPS } from "./props";

/** Creates an SNS topic to which only EventBridge and the CloudWatch alarms of this account can publish, over TLS. */
export class AlarmTopic extends Construct {
  /** Known only after the topic's policy exists, because an alarm that goes off earlier would be dropped. */
  readonly topicArn: string;
  readonly topic: SnsTopic;

  private readonly props: CompleteAlarmTopicProps;

  /** @throws ConfigurationError with every problem of the props */
  constructor(scope: Construct, id: string, props: AlarmTopicProps) {
    super(scope, id);
    const checks = new Checks(this);
    this.props = readProps(checks, props, PROPS, alarmTopicDefaults);
    validateAlarmTopic(checks, this.props);

    this.topic = new SnsTopic(this, "topic", {
      provider: this.props.provider,
      name: physicalName([this.props.name, "alarms"], { maxLength: 256 }),
      kmsMasterKeyId: this.props.kmsKeyArn,
      // Alarms send to the topic until they have been updated.
      lifecycle: { createBeforeDestroy: true },
    });
    this.topicArn = this.createPolicy().arn;
    this.createSubscriptions();
  }

  private createPolicy(): SnsTopicPolicy {
    return new SnsTopicPolicy(this, "policy", {
      provider: this.props.provider,
      arn: this.topic.arn,
      policy: policyDocument(topicStatements(this.topic.arn)),
      lifecycle: { createBeforeDestroy: true },
    });
  }

  private createSubscriptions(): void {
    for (const [key, { protocol, endpoint }] of Object.entries(this.props.subscriptions)) {
      new SnsTopicSubscription(this, `subscription-${key}`, {
        provider: this.props.provider,
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
      // EventBridge's messages would be dropped if there were a condition. Source: EventBridge user guide, "Amazon SNS permissions".
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
