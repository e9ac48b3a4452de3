import { at, type Json } from "../../terraform/json";
import { type Call, OTHER_ACCOUNT, type World } from "./world";

/** Source: VPC user guide, "IAM role for publishing flow logs to CloudWatch Logs"; the group exists already. */
export function flowLogCalls(world: World, log: Json): Call[] {
  const role = world.reference(log, "iam_role_arn", "aws_iam_role");
  if (role === undefined) return [];
  const group = world.text(log, "log_destination");
  const call = (action: string, resource: string, allowed = true): Call => {
    return { what: "VPC flow logs", caller: { role }, action, resource, allowed };
  };
  const stream = `${group}:log-stream:eni-0123456789abcdef0-all`;
  return [
    call("logs:DescribeLogGroups", "*"),
    call("logs:DescribeLogStreams", group),
    call("logs:CreateLogStream", stream),
    call("logs:PutLogEvents", stream),
    call("logs:PutLogEvents", `arn:aws:logs:${world.region}:${world.account}:log-group:/other:log-stream:a`, false),
    call("logs:CreateLogGroup", `arn:aws:logs:${world.region}:${world.account}:log-group:/other`, false),
  ];
}

/**
 * Sources: CloudWatch Logs user guide, "Encrypt log data using AWS KMS"; CloudWatch user guide, "Alarms and encrypted SNS topics";
 * SNS developer guide, "Key management", encryption context.
 */
export function keyCalls(world: World, key: string): Call[] {
  const resource = world.arn("aws_kms_key", key);
  const region = resource.split(":")[3] ?? "";
  const call = (service: string, action: string, context: Record<string, string>, allowed = true): Call => {
    return { what: `${service} uses the key`, caller: { service }, action, resource, context, allowed };
  };
  const logs = `logs.${region}.amazonaws.com`;
  const used = ["kms:Encrypt", "kms:Decrypt", "kms:ReEncryptFrom", "kms:GenerateDataKey", "kms:DescribeKey"];
  const groups = world.encryptedBy(key, "aws_cloudwatch_log_group", "kms_key_id");
  const forGroup = (arn: string) => ({ "kms:EncryptionContext:aws:logs:arn": arn });
  const foreign = `arn:aws:logs:${region}:${OTHER_ACCOUNT}:log-group:/other`;
  const topics = world.encryptedBy(key, "aws_sns_topic", "kms_master_key_id");
  const forTopic = (arn: string) => ({ "kms:EncryptionContext:aws:sns:topicArn": arn });
  return [
    ...groups.flatMap((arn) => used.map((action) => call(logs, action, forGroup(arn)))),
    call(logs, "kms:Decrypt", forGroup(foreign), false),
    ...topics.flatMap((arn) =>
      ["cloudwatch.amazonaws.com", "events.amazonaws.com"].flatMap((service) => [
        call(service, "kms:GenerateDataKey", forTopic(arn)),
        call(service, "kms:Decrypt", forTopic(arn)),
      ]),
    ),
    call("cloudwatch.amazonaws.com", "kms:Decrypt", forTopic(`arn:aws:sns:${region}:${OTHER_ACCOUNT}:other`), false),
    call("s3.amazonaws.com", "kms:Decrypt", {}, false),
    call(logs, "kms:ScheduleKeyDeletion", {}, false),
  ];
}

const TLS = { "aws:SecureTransport": "true" };

/** Source: Elastic Load Balancing user guide, "Enable access logs for your Application Load Balancer". */
export function loadBalancerCalls(world: World, balancer: Json): Call[] {
  const bucket = world.text(balancer, "access_logs", "bucket");
  if (bucket === "") return [];
  const call = (account: string, context: Record<string, string>, allowed: boolean, action = "s3:PutObject"): Call => ({
    what: "the load balancer writes its log",
    caller: { service: "logdelivery.elasticloadbalancing.amazonaws.com" },
    action,
    resource: `arn:aws:s3:::${bucket}/AWSLogs/${account}/elasticloadbalancing/${world.region}/2026/11/30/a.log.gz`,
    context,
    allowed,
  });
  return [
    call(world.account, TLS, true),
    call(world.account, { "aws:SecureTransport": "false" }, false),
    call(OTHER_ACCOUNT, TLS, false),
    call(world.account, TLS, false, "s3:GetObject"),
  ];
}

/** Source: CloudFront developer guide, "Configure standard logging (v2)", permissions for Amazon S3. */
export function deliveryCalls(world: World, destination: Json): Call[] {
  const target = at(destination, "delivery_destination_configuration");
  const bucket = world.text((target as readonly Json[])[0], "destination_resource_arn");
  const call = (action: string, resource: string, account: string, allowed: boolean): Call => ({
    what: "CloudFront's access log is delivered",
    caller: { service: "delivery.logs.amazonaws.com" },
    action,
    resource,
    context: { ...TLS, "aws:SourceAccount": account, "s3:x-amz-acl": "bucket-owner-full-control" },
    allowed,
  });
  const object = `${bucket}/AWSLogs/${world.account}/CloudFront/a.gz`;
  return [
    call("s3:GetBucketAcl", bucket, world.account, true),
    call("s3:PutObject", object, world.account, true),
    call("s3:PutObject", object, OTHER_ACCOUNT, false),
    call("s3:PutObject", `${bucket}/elsewhere/a.gz`, world.account, false),
  ];
}

/**
 * A topic without a policy of its own accepts the alarms of its account, but no events. Sources: CloudWatch user guide, "Alarm actions";
 * EventBridge user guide, "Amazon SNS permissions".
 */
export function topicCalls(world: World, topic: string): Call[] {
  if (!world.isReferredTo(`aws_sns_topic.${topic}.`, ["aws_sns_topic_policy", "aws_cloudwatch_event_target"]))
    return [];
  const resource = world.arn("aws_sns_topic", topic);
  const call = (service: string, context: Record<string, string>, allowed: boolean): Call => {
    return { what: `${service} publishes`, caller: { service }, action: "sns:Publish", resource, context, allowed };
  };
  const [alarms, events] = ["cloudwatch.amazonaws.com", "events.amazonaws.com"] as const;
  const ours = { ...TLS, "aws:SourceAccount": world.account };
  return [
    call(alarms, ours, true),
    call(alarms, { ...TLS, "aws:SourceAccount": OTHER_ACCOUNT }, false),
    call(alarms, { ...ours, "aws:SecureTransport": "false" }, false),
    call(events, TLS, true),
    call("s3.amazonaws.com", ours, false),
  ];
}

/** The accounts that a repository's policy names pull from it, and no other. Source: ECR user guide, "Private repository policies". */
export function pullCalls(world: World, policy: Json): Call[] {
  const repository = world.reference(policy, "repository", "aws_ecr_repository") ?? "";
  const resource = world.arn("aws_ecr_repository", repository);
  const [account] = /(?<=:iam::)\d{12}(?=:root)/.exec(world.text(policy, "policy")) ?? [];
  const actions = ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"];
  const call = (from: string, action: string, allowed: boolean): Call => {
    return { what: `account ${from} pulls`, caller: { account: from }, action, resource, allowed };
  };
  return [
    ...actions.flatMap((action) => (account === undefined ? [] : [call(account, action, true)])),
    ...["ecr:PutImage", ...actions].map((action) => call(OTHER_ACCOUNT, action, false)),
  ];
}

/** Source: S3 user guide, "Enabling Amazon S3 server access logging", permissions for log delivery. */
export function accessLogCalls(world: World, logging: Json): Call[] {
  const bucket = world.text(logging, "target_bucket");
  const call = (account: string, allowed: boolean): Call => ({
    what: "S3 writes an access log",
    caller: { service: "logging.s3.amazonaws.com" },
    action: "s3:PutObject",
    resource: `arn:aws:s3:::${bucket}/${world.text(logging, "target_prefix")}2026-11-30`,
    context: { ...TLS, "aws:SourceAccount": account },
    allowed,
  });
  return [call(world.account, true), call(OTHER_ACCOUNT, false)];
}
