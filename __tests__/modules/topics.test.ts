import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { SnsTopic, type SnsTopicConfig } from "@cdktf/provider-aws/lib/sns-topic";
import { SnsTopicPolicy } from "@cdktf/provider-aws/lib/sns-topic-policy";
import { TerraformStack } from "cdktf";
import { AlarmTopic, Cache, Monitoring, RollbackAlarms } from "../../modules";
import { refusal } from "../helpers/refusal";
import { synthesize } from "../helpers/synth";

const ACCOUNT = "123456789012";
const OTHER_ACCOUNT = "210987654321";
const literal = (name: string, region = "ap-northeast-1", account = ACCOUNT) =>
  `arn:aws:sns:${region}:${account}:${name}`;

type Take = (stack: TerraformStack, topicArn: string) => unknown;

const cache: Take = (stack, notificationTopicArn) =>
  new Cache(stack, "made", {
    name: "crm",
    network: {
      vpcId: "vpc-0123456789abcdef0",
      isolatedSubnetIds: ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"],
    },
    notificationTopicArn,
  });
const service = { clusterName: "crm", serviceName: "crm", logGroupName: "/ecs/crm" };
const alarms: Take = (stack, alarmTopicArn) => new Monitoring(stack, "made", { name: "crm", service, alarmTopicArn });
const pager: Take = (stack, urgentTopicArn) => new Monitoring(stack, "made", { name: "crm", service, urgentTopicArn });
const rollback: Take = (stack, alarmTopicArn) =>
  new RollbackAlarms(stack, "made", {
    name: "crm",
    loadBalancer: {
      loadBalancerArnSuffix: "app/crm/fedcba9876543210",
      targets: { app: "targetgroup/crm/0123456789abcdef" },
    },
    alarmTopicArn,
  });
const EVERYWHERE: Readonly<Record<string, Take>> = { cache, alarms, pager, rollback };

const topic = (stack: TerraformStack, config: Partial<SnsTopicConfig> = {}) =>
  new SnsTopic(stack, "topic", { name: "events", ...config });
const inTokyo = (stack: TerraformStack) =>
  new AwsProvider(stack, "aws", { region: "ap-northeast-1", allowedAccountIds: [ACCOUNT] });

/** A topic with a policy of its own; ElastiCache publishes as the topic's owner. */
function withPolicy(stack: TerraformStack, key: "aws:SourceOwner" | "aws:SourceAccount"): SnsTopicPolicy {
  const { arn } = topic(stack);
  const Condition = { StringEquals: { [key]: ACCOUNT } };
  const Statement = { Effect: "Allow", Principal: { AWS: "*" }, Action: "sns:Publish", Resource: arn, Condition };
  const policy = JSON.stringify({ Version: "2012-10-17", Statement: [Statement] });
  return new SnsTopicPolicy(stack, "policy", { arn, policy });
}

/** Another stack of the app, with a topic. */
function topicOf(stack: TerraformStack, region: string, account: string): string {
  const other = new TerraformStack(stack.node.root, "other");
  new AwsProvider(other, "aws", { region, allowedAccountIds: [account] });
  return topic(other).arn;
}

/** Returns the problem without its prop and remedy. */
function refused(take: Take, topicArn: (stack: TerraformStack) => string): string[] {
  const lines = refusal((stack) => {
    inTokyo(stack);
    take(stack, topicArn(stack));
  });
  return lines.map((line) => line.replace(/^\[test\/made\] \w+: |\. [A-Z].*$/g, ""));
}

describe.each(Object.entries(EVERYWHERE))("a topic for the %s", (name, take) => {
  const what = `a standard SNS topic${name === "cache" ? " without encryption" : ""}`;
  const arn = `the ARN of ${what}, arn:…:sns:<region>:<account>:<name>`;

  it("may not be FIFO, because every message to it needs a message group id", () => {
    const fifo = literal("events.fifo");
    expect(refused(take, () => fifo)).toEqual([`expected ${arn}, got "${fifo}", which ends in "events.fifo"`]);
    const made = [`expected ${what}, got test/topic, which is FIFO`];
    expect(refused(take, (stack) => topic(stack, { name: "events.fifo", fifoTopic: true }).arn)).toEqual(made);
    expect(
      refused(take, (stack) => {
        const { arn: fifoArn } = topic(stack, { name: "events.fifo", fifoTopic: true });
        return new SnsTopicPolicy(stack, "policy", { arn: fifoArn, policy: "{}" }).arn;
      }),
    ).toEqual(made);
  });

  it("is in its region", () => {
    const mistake = [`expected ${what} in ap-northeast-1, the region of the stack, got one in us-east-1`];
    expect(refused(take, () => literal("events", "us-east-1"))).toEqual(mistake);
    expect(refused(take, (stack) => topicOf(stack, "us-east-1", ACCOUNT))).toEqual(mistake);
  });

  it("is accepted where nothing is known against it", () => {
    synthesize((stack) => void take(stack, topic(stack).arn));
    synthesize((stack) => void take(stack, withPolicy(stack, "aws:SourceOwner").arn));
    synthesize((stack) => void take(stack, literal("events", "ap-northeast-1", OTHER_ACCOUNT)));
  });
});

describe("a topic for a cache", () => {
  it("belongs to the account of the cache", () => {
    const what = "a standard SNS topic without encryption";
    const mistake = [`expected ${what} of account ${ACCOUNT}, that of the stack, got one of ${OTHER_ACCOUNT}`];
    expect(refused(cache, () => literal("events", "ap-northeast-1", OTHER_ACCOUNT))).toEqual(mistake);
    expect(refused(cache, (stack) => topicOf(stack, "ap-northeast-1", OTHER_ACCOUNT))).toEqual(mistake);
  });

  it("is not encrypted", () => {
    const encrypted = (stack: TerraformStack) => topic(stack, { kmsMasterKeyId: new KmsKey(stack, "key", {}).arn }).arn;
    expect(refused(cache, encrypted)).toEqual([
      "expected a standard SNS topic without encryption, got test/topic, which is encrypted",
    ]);
  });

  it("lets ElastiCache publish", () => {
    const mistake = (path: string) => [
      `expected a standard SNS topic without encryption, got ${path}, whose policy does not let ElastiCache publish`,
    ];
    expect(refused(cache, (stack) => withPolicy(stack, "aws:SourceAccount").arn)).toEqual(mistake("test/topic"));
    const ownTopic = (stack: TerraformStack) => new AlarmTopic(stack, "alarms", { name: "crm" });
    expect(refused(cache, (stack) => ownTopic(stack).topicArn)).toEqual(mistake("test/alarms/topic"));
    expect(refused(cache, (stack) => ownTopic(stack).topic.arn)).toEqual(mistake("test/alarms/topic"));
  });
});

it("alarms may notify a topic of another account, whose policy allows it", () => {
  for (const take of [alarms, pager, rollback]) {
    synthesize((stack) => {
      inAccount(stack);
      take(stack, literal("events", "ap-northeast-1", OTHER_ACCOUNT));
    });
  }
});

/** The helper's own provider names no account; this one is created first and names one. */
function inAccount(stack: TerraformStack): void {
  stack.node.tryRemoveChild("aws");
  inTokyo(stack);
}
