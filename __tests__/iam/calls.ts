import { at, entries, type Json } from "../../tools/terraform/json";
import { ACCOUNT, DATABASE_RESOURCE_ID, Expressions, REGION } from "../helpers/terraform-expressions";

/** A call to an AWS API, and whether the stack's policies have to allow it. */
export interface Call {
  readonly what: string;
  /** A role by its Terraform name, or a service principal. */
  readonly caller: { readonly role: string } | { readonly service: string };
  readonly action: string;
  readonly resource: string;
  readonly context?: Readonly<Record<string, string>>;
  readonly allowed: boolean;
}

const OTHER_ACCOUNT = "999999999999";

interface Container {
  readonly name: string;
  readonly image: string;
  readonly environment?: readonly { readonly name: string; readonly value: string }[];
  readonly secrets?: readonly { readonly name: string; readonly valueFrom: string }[];
  readonly logConfiguration: { readonly options: Readonly<Record<string, string>> };
}

/** Lists the calls that what the stack creates really makes, and calls that nobody may make. */
export function callsOf(stack: Json): Call[] {
  const world = new World(stack);
  return [
    ...world.each("aws_ecs_task_definition", (_, task) => taskCalls(world, task)),
    ...world.each("aws_flow_log", (_, log) => flowLogCalls(world, log)),
    ...world.each("aws_kms_key", (name) => keyCalls(world, name)),
    ...world.each("aws_lb", (_, balancer) => loadBalancerCalls(world, balancer)),
    ...world.each("aws_cloudwatch_log_delivery_destination", (_, destination) => deliveryCalls(world, destination)),
    ...world.each("aws_sns_topic", (name) => topicCalls(world, name)),
    ...world.each("aws_iam_role", (name, role) => trustCalls(world, name, role)),
  ];
}

class World {
  readonly expressions: Expressions;

  constructor(private readonly stack: Json) {
    this.expressions = new Expressions(stack);
  }

  each<T>(type: string, work: (name: string, resource: Json) => readonly T[]): T[] {
    return entries(at(this.stack, "resource", type)).flatMap(([name, resource]) => work(name, resource));
  }

  text(resource: Json | undefined, ...path: readonly string[]): string {
    const value = at(resource, ...path);
    return typeof value === "string" ? this.expressions.resolve(value) : "";
  }

  arn(type: string, name: string): string {
    return this.expressions.resolve(`\${${type}.${name}.arn}`);
  }

  /** The Terraform name in a reference such as `${aws_iam_role.name.arn}`. */
  reference(resource: Json, attribute: string, type: string): string | undefined {
    const value = at(resource, attribute);
    return typeof value === "string" ? new RegExp(`${type}\\.([\\w-]+)\\.`).exec(value)?.[1] : undefined;
  }

  /** The resources of a type that a key encrypts. */
  encryptedBy(key: string, type: string, attribute: string): string[] {
    return this.each(type, (name, resource) =>
      this.reference(resource, attribute, "aws_kms_key") === key ? [this.arn(type, name)] : [],
    );
  }
}

/** Sources: ECS developer guide, "Amazon ECS task execution IAM role" and "Passing secrets"; the app's own configuration. */
function taskCalls(world: World, task: Json): Call[] {
  const containers = JSON.parse(world.text(task, "container_definitions")) as Container[];
  const app = world.reference(task, "task_role_arn", "aws_iam_role") ?? "";
  const agent = world.reference(task, "execution_role_arn", "aws_iam_role") ?? "";
  return containers.flatMap((container) => [
    ...agentCalls(world, agent, container),
    ...(container.name === "app" ? appCalls(world, app, container) : []),
    ...nobody(app, container),
  ]);
}

function agentCalls(world: World, role: string, { name, image, secrets = [], logConfiguration }: Container): Call[] {
  const caller = { role };
  const call = (action: string, resource: string, allowed = true, context?: Record<string, string>): Call => {
    return { what: `ECS starts ${name}`, caller, action, resource, allowed, ...(context && { context }) };
  };
  const repository = /^(\d+)\.dkr\.ecr\.([\w-]+)\.amazonaws\.com\/([^:@]+)/.exec(image);
  const [, account = "", region = "", path = ""] = repository ?? [];
  const ecr = (repositoryName: string) => `arn:aws:ecr:${region}:${account}:repository/${repositoryName}`;
  const pull = ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"];
  const stream = (group: string) => `arn:aws:logs:${REGION}:${ACCOUNT}:log-group:${group}:log-stream:${name}/${name}/1`;
  const group = logConfiguration.options["awslogs-group"] ?? "";
  return [
    ...(repository ? [call("ecr:GetAuthorizationToken", "*")] : []),
    ...(repository ? pull.flatMap((action) => [call(action, ecr(path)), call(action, ecr("other"), false)]) : []),
    call("logs:CreateLogStream", stream(group)),
    call("logs:PutLogEvents", stream(group)),
    call("logs:PutLogEvents", stream("/other"), false),
    call("logs:CreateLogGroup", `arn:aws:logs:${REGION}:${ACCOUNT}:log-group:/other`, false),
    ...secrets.flatMap(({ valueFrom }) => secretCalls(world, valueFrom, call)),
    call("secretsmanager:GetSecretValue", `arn:aws:secretsmanager:${REGION}:${ACCOUNT}:secret:other-AbCdEf`, false),
  ];
}

/** A secret, and its key where it has one: only through Secrets Manager. */
function secretCalls(
  world: World,
  valueFrom: string,
  call: (action: string, resource: string, allowed?: boolean, context?: Record<string, string>) => Call,
): Call[] {
  // `valueFrom` may end in the JSON key, version stage and version id. Source: ECS developer guide, "Passing secrets".
  const arn = valueFrom.split(":").slice(0, 7).join(":");
  const keys = world.each("aws_secretsmanager_secret", (name, secret) =>
    world.arn("aws_secretsmanager_secret", name) === arn ? [world.reference(secret, "kms_key_id", "aws_kms_key")] : [],
  );
  const decrypt = keys.flatMap((key) => {
    if (key === undefined) return [];
    const resource = world.arn("aws_kms_key", key);
    const via = (service: string) => ({ "kms:ViaService": `${service}.${REGION}.amazonaws.com` });
    return [
      call("kms:Decrypt", resource, true, via("secretsmanager")),
      call("kms:Decrypt", resource, false, via("s3")),
      call("kms:Decrypt", resource, false),
    ];
  });
  return [call("secretsmanager:GetSecretValue", arn), ...decrypt];
}

/**
 * The app's calls follow from its environment: a URL with a user and no password means an IAM token, unless the environment says
 * otherwise. See app/server/data/passwords.ts and app/server/cluster-adapter/elasticache-token.ts.
 */
function appCalls(world: World, role: string, { environment = [] }: Container): Call[] {
  const caller = { role };
  const variables = Object.fromEntries(environment.map(({ name, value }) => [name, value]));
  const calls: Call[] = [];
  const user = userWithoutPassword(variables["DATABASE_URL"]);
  if (variables["DATABASE_AUTH"] === "secret") {
    const resource = variables["DATABASE_SECRET_ARN"] ?? "";
    const action = "secretsmanager:GetSecretValue";
    calls.push({ what: "the app fetches its password", caller, action, resource, allowed: true });
  } else if (user !== undefined) {
    const dbuser = (name: string) => `arn:aws:rds-db:${REGION}:${ACCOUNT}:dbuser:${DATABASE_RESOURCE_ID}/${name}`;
    const action = "rds-db:connect";
    calls.push({ what: "the app connects to the database", caller, action, resource: dbuser(user), allowed: true });
    calls.push({ what: "the app connects as the owner", caller, action, resource: dbuser("owner"), allowed: false });
  }
  if (userWithoutPassword(variables["REDIS_URL"]) !== undefined) {
    const [action, what] = ["elasticache:Connect", "the app connects to the cache"] as const;
    const types = ["aws_elasticache_replication_group", "aws_elasticache_user"];
    const resources = types.flatMap((type) => world.each(type, (name) => [world.arn(type, name)]));
    const other = `arn:aws:elasticache:${REGION}:${ACCOUNT}:user:other`;
    calls.push(...resources.map((resource) => ({ what, caller, action, resource, allowed: true })));
    calls.push({ what: "the app connects as another user", caller, action, resource: other, allowed: false });
  }
  return calls;
}

function userWithoutPassword(url: string | undefined): string | undefined {
  return /^\w+:\/\/([^@:/]+)@/.exec(url ?? "")?.[1];
}

/** What the app's own role may not do, whoever breaks into the container. */
function nobody(role: string, { secrets = [] }: Container): Call[] {
  const what = "a stranger in the container";
  const denied = (action: string, resource: string): Call => {
    return { what, caller: { role }, action, resource, allowed: false };
  };
  return [
    ...secrets.map(({ valueFrom }) => denied("secretsmanager:GetSecretValue", valueFrom)),
    denied("kms:Decrypt", `arn:aws:kms:${REGION}:${ACCOUNT}:key/other`),
    denied("s3:GetObject", "arn:aws:s3:::other/key"),
    denied("iam:PassRole", `arn:aws:iam::${ACCOUNT}:role/other`),
    denied("sts:AssumeRole", `arn:aws:iam::${ACCOUNT}:role/other`),
    denied("ecs:UpdateService", `arn:aws:ecs:${REGION}:${ACCOUNT}:service/other/other`),
  ];
}

/** Source: VPC user guide, "IAM role for publishing flow logs to CloudWatch Logs"; the group exists already. */
function flowLogCalls(world: World, log: Json): Call[] {
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
    call("logs:PutLogEvents", `arn:aws:logs:${REGION}:${ACCOUNT}:log-group:/other:log-stream:a`, false),
    call("logs:CreateLogGroup", `arn:aws:logs:${REGION}:${ACCOUNT}:log-group:/other`, false),
  ];
}

/**
 * Sources: CloudWatch Logs user guide, "Encrypt log data using AWS KMS"; CloudWatch user guide, "Alarms and encrypted SNS topics";
 * SNS developer guide, "Key management", encryption context.
 */
function keyCalls(world: World, key: string): Call[] {
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
function loadBalancerCalls(world: World, balancer: Json): Call[] {
  const bucket = world.text(balancer, "access_logs", "bucket");
  if (bucket === "") return [];
  const call = (account: string, context: Record<string, string>, allowed: boolean, action = "s3:PutObject"): Call => ({
    what: "the load balancer writes its log",
    caller: { service: "logdelivery.elasticloadbalancing.amazonaws.com" },
    action,
    resource: `arn:aws:s3:::${bucket}/AWSLogs/${account}/elasticloadbalancing/${REGION}/2026/11/30/a.log.gz`,
    context,
    allowed,
  });
  return [
    call(ACCOUNT, TLS, true),
    call(ACCOUNT, { "aws:SecureTransport": "false" }, false),
    call(OTHER_ACCOUNT, TLS, false),
    call(ACCOUNT, TLS, false, "s3:GetObject"),
  ];
}

/** Source: CloudFront developer guide, "Configure standard logging (v2)", permissions for Amazon S3. */
function deliveryCalls(world: World, destination: Json): Call[] {
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
  const object = `${bucket}/AWSLogs/${ACCOUNT}/CloudFront/a.gz`;
  return [
    call("s3:GetBucketAcl", bucket, ACCOUNT, true),
    call("s3:PutObject", object, ACCOUNT, true),
    call("s3:PutObject", object, OTHER_ACCOUNT, false),
    call("s3:PutObject", `${bucket}/elsewhere/a.gz`, ACCOUNT, false),
  ];
}

/** Sources: CloudWatch user guide, "Alarm actions"; EventBridge user guide, "Amazon SNS permissions". */
function topicCalls(world: World, topic: string): Call[] {
  const resource = world.arn("aws_sns_topic", topic);
  const call = (service: string, context: Record<string, string>, allowed: boolean): Call => {
    return { what: `${service} publishes`, caller: { service }, action: "sns:Publish", resource, context, allowed };
  };
  const [alarms, events] = ["cloudwatch.amazonaws.com", "events.amazonaws.com"] as const;
  const ours = { ...TLS, "aws:SourceAccount": ACCOUNT };
  return [
    call(alarms, ours, true),
    call(alarms, { ...TLS, "aws:SourceAccount": OTHER_ACCOUNT }, false),
    call(alarms, { ...ours, "aws:SecureTransport": "false" }, false),
    call(events, TLS, true),
    call("s3.amazonaws.com", ours, false),
  ];
}

/** Who assumes each role, and that another service may not. */
function trustCalls(world: World, role: string, json: Json): Call[] {
  const name = world.text(json, "name");
  const resource = `arn:aws:iam::${ACCOUNT}:role/${name}`;
  const call = (service: string, allowed: boolean, context: Record<string, string> = {}): Call => {
    return {
      what: `${service} assumes ${role}`,
      caller: { service },
      action: "sts:AssumeRole",
      resource,
      context,
      allowed,
    };
  };
  const ecs = (account: string) => ({
    "aws:SourceAccount": account,
    "aws:SourceArn": `arn:aws:ecs:${REGION}:${account}:task/cluster/1`,
  });
  const service = ASSUMED_BY.find(([part]) => role.includes(part))?.[1];
  if (service === undefined) throw new Error(`role ${role}: nobody is known to assume it`);
  const ofTasks = service === "ecs-tasks.amazonaws.com";
  return [
    call(service, true, ofTasks ? ecs(ACCOUNT) : {}),
    ...(ofTasks ? [call(service, false, ecs(OTHER_ACCOUNT))] : []),
    call("ec2.amazonaws.com", false, ecs(ACCOUNT)),
  ];
}

const ASSUMED_BY = [
  ["execution-role", "ecs-tasks.amazonaws.com"],
  ["task-role", "ecs-tasks.amazonaws.com"],
  ["flow-log-role", "vpc-flow-logs.amazonaws.com"],
  ["monitoring-role", "monitoring.rds.amazonaws.com"],
] as const;
