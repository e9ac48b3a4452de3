import { TerraformResource, TerraformStack } from "cdktf";
import { type IConstruct } from "constructs";
import { type Origin, originOf } from "./origin";

const POLICY = "aws_sns_topic_policy";

/**
 * Says what keeps alarms and events from reaching a topic of the app; `undefined` when nothing does.
 * Every message to a FIFO topic needs a message group id, which neither CloudWatch nor EventBridge, RDS or ElastiCache sends.
 * Sources: SNS API reference, Publish, MessageGroupId; RDS API reference, CreateEventSubscription, SnsTopicArn.
 */
export function describeTopicFlaw(origin: Origin): string | undefined {
  const topic = topicOf(origin);
  return topic && isFifo(topic) ? `${topic.node.path}, which is FIFO` : undefined;
}

/**
 * Says the same of a topic for ElastiCache, which sends nothing to an encrypted topic, nor to one whose policy lets only other services
 * publish. Source: ElastiCache user guide, "Event notifications and Amazon SNS" and "Managing ElastiCache Amazon SNS notifications".
 */
export function describeCacheTopicFlaw(origin: Origin): string | undefined {
  const topic = topicOf(origin);
  if (!topic) return undefined;
  const flaw = describeTopicFlaw(origin);
  if (flaw !== undefined) return flaw;
  if (configured(topic, "kmsMasterKeyId") !== undefined) return `${topic.node.path}, which is encrypted`;
  return policiesOf(topic).some((policy) => !letsElastiCachePublish(policy))
    ? `${topic.node.path}, whose policy does not let ElastiCache publish`
    : undefined;
}

/** Returns the topic itself, also when its ARN was taken from its policy. */
function topicOf({ resource }: Origin): TerraformResource | undefined {
  return isTopicPolicy(resource) ? originOf(configured(resource, "arn"))?.resource : resource;
}

/** Returns the policies of a topic that are literal JSON. */
function policiesOf(topic: TerraformResource): string[] {
  const others = TerraformStack.of(topic).node.findAll().filter(isTopicPolicy);
  const own = others.filter((policy) => originOf(configured(policy, "arn"))?.resource === topic);
  return [topic, ...own].map((resource) => configured(resource, "policy")).filter(isJson);
}

function isTopicPolicy(construct: IConstruct): construct is TerraformResource {
  return TerraformResource.isTerraformResource(construct) && construct.terraformResourceType === POLICY;
}

/** Reads what was configured, whatever version of the provider's classes the resource is of. */
function configured(resource: TerraformResource, attribute: string): unknown {
  return Reflect.get(resource, `${attribute}Input`);
}

function isFifo(topic: TerraformResource): boolean {
  return configured(topic, "fifoTopic") === true || String(configured(topic, "name")).endsWith(".fifo");
}

function isJson(policy: unknown): policy is string {
  return typeof policy === "string" && policy.startsWith("{");
}

interface Statement {
  readonly Effect: unknown;
  readonly Principal: unknown;
  readonly Condition: unknown;
}

/** ElastiCache publishes as the owner of the topic: `aws:SourceOwner` fits, `aws:SourceAccount` does not. */
function letsElastiCachePublish(policy: string): boolean {
  const { Statement: statements } = JSON.parse(policy) as { readonly Statement: Statement | readonly Statement[] };
  return [statements].flat().some(({ Effect, Principal, Condition }) => {
    const who = JSON.stringify(Principal ?? "");
    const isAllowed = Effect === "Allow" && (who.includes('"*"') || who.includes("elasticache"));
    return isAllowed && !/aws:SourceAccount/i.test(JSON.stringify(Condition ?? {}));
  });
}
