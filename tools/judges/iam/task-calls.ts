import { at, type Json } from "../../terraform/json";
import { DATABASE_RESOURCE_ID } from "../terraform-expressions";
import { type Call, type World } from "./world";

interface Container {
  readonly name: string;
  readonly image: string;
  readonly environment?: readonly { readonly name: string; readonly value: string }[];
  readonly secrets?: readonly { readonly name: string; readonly valueFrom: string }[];
  readonly logConfiguration: { readonly options: Readonly<Record<string, string>> };
}

/** Sources: ECS developer guide, "Amazon ECS task execution IAM role" and "Passing secrets"; the app's own configuration. */
export function taskCalls(world: World, task: Json): Call[] {
  const containers = JSON.parse(world.text(task, "container_definitions")) as Container[];
  const app = world.reference(task, "task_role_arn", "aws_iam_role") ?? "";
  const agent = world.reference(task, "execution_role_arn", "aws_iam_role") ?? "";
  return containers.flatMap((container) => [
    ...agentCalls(world, agent, container),
    ...(container.name === "app" ? appCalls(world, app, variablesOf(container)) : []),
    ...nobodyCalls(
      world,
      app,
      (container.secrets ?? []).map(({ valueFrom }) => valueFrom),
    ),
  ]);
}

/** ECS Exec opens its channels as the app. Source: ECS developer guide, "Task IAM role", ECS Exec permissions. */
export function executeCommandCalls(world: World, service: Json): Call[] {
  if (at(service, "enable_execute_command") !== true) return [];
  const name = world.reference(service, "task_definition", "aws_ecs_task_definition") ?? "";
  const task = world.each("aws_ecs_task_definition", (each, definition) => (each === name ? [definition] : []))[0];
  const role = task === undefined ? "" : (world.reference(task, "task_role_arn", "aws_iam_role") ?? "");
  const channels = ["CreateControlChannel", "CreateDataChannel", "OpenControlChannel", "OpenDataChannel"];
  return channels.map((channel) => ({
    what: "ECS Exec",
    caller: { role },
    action: `ssmmessages:${channel}`,
    resource: "*",
    allowed: true,
  }));
}

/** RDS Proxy reads the secrets of its users. Source: RDS user guide, "Configuring IAM authentication for RDS Proxy". */
export function proxyCalls(world: World, proxy: Json): Call[] {
  const caller = { role: world.reference(proxy, "role_arn", "aws_iam_role") ?? "" };
  const auth = (at(proxy, "auth") ?? []) as readonly Json[];
  const call = (action: string, resource: string, allowed = true, context?: Record<string, string>): Call => {
    return { what: "RDS Proxy reads a secret", caller, action, resource, allowed, ...(context && { context }) };
  };
  return [
    ...auth.flatMap((entry) => secretCalls(world, world.text(entry, "secret_arn"), call)),
    call(
      "secretsmanager:GetSecretValue",
      `arn:aws:secretsmanager:${world.region}:${world.account}:secret:other-AbCdEf`,
      false,
    ),
  ];
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
  const stream = (group: string) =>
    `arn:aws:logs:${world.region}:${world.account}:log-group:${group}:log-stream:${name}/${name}/1`;
  const group = logConfiguration.options["awslogs-group"] ?? "";
  return [
    ...(repository ? [call("ecr:GetAuthorizationToken", "*")] : []),
    ...(repository ? pull.flatMap((action) => [call(action, ecr(path)), call(action, ecr("other"), false)]) : []),
    call("logs:CreateLogStream", stream(group)),
    call("logs:PutLogEvents", stream(group)),
    call("logs:PutLogEvents", stream("/other"), false),
    call("logs:CreateLogGroup", `arn:aws:logs:${world.region}:${world.account}:log-group:/other`, false),
    ...secrets.flatMap(({ valueFrom }) => secretCalls(world, valueFrom, call)),
    call(
      "secretsmanager:GetSecretValue",
      `arn:aws:secretsmanager:${world.region}:${world.account}:secret:other-AbCdEf`,
      false,
    ),
  ];
}

/** A secret, and its key where it has one: only through Secrets Manager; or a parameter. */
export function secretCalls(
  world: World,
  valueFrom: string,
  call: (action: string, resource: string, allowed?: boolean, context?: Record<string, string>) => Call,
): Call[] {
  if (isParameter(valueFrom)) return [call("ssm:GetParameters", valueFrom)];
  // `valueFrom` may end in the JSON key, version stage and version id. Source: ECS developer guide, "Passing secrets".
  const arn = valueFrom.split(":").slice(0, 7).join(":");
  const keys = world.each("aws_secretsmanager_secret", (name, secret) =>
    world.arn("aws_secretsmanager_secret", name) === arn ? [world.reference(secret, "kms_key_id", "aws_kms_key")] : [],
  );
  const decrypt = keys.flatMap((key) => {
    if (key === undefined) return [];
    const resource = world.arn("aws_kms_key", key);
    const via = (service: string) => ({ "kms:ViaService": `${service}.${world.region}.amazonaws.com` });
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
export function appCalls(world: World, role: string, variables: Readonly<Record<string, string>>): Call[] {
  const caller = { role };
  const calls: Call[] = [];
  const user = userWithoutPassword(variables["DATABASE_URL"]);
  if (variables["DATABASE_AUTH"] === "secret") {
    const resource = variables["DATABASE_SECRET_ARN"] ?? "";
    const action = "secretsmanager:GetSecretValue";
    calls.push({ what: "the app fetches its password", caller, action, resource, allowed: true });
  } else if (user !== undefined) {
    const dbuser = (name: string) =>
      `arn:aws:rds-db:${world.region}:${world.account}:dbuser:${DATABASE_RESOURCE_ID}/${name}`;
    const action = "rds-db:connect";
    calls.push({ what: "the app connects to the database", caller, action, resource: dbuser(user), allowed: true });
    calls.push({ what: "the app connects as the owner", caller, action, resource: dbuser("owner"), allowed: false });
  }
  if (userWithoutPassword(variables["REDIS_URL"]) !== undefined) calls.push(...cacheCalls(world, role));
  return calls;
}

function variablesOf({ environment = [] }: Container): Readonly<Record<string, string>> {
  return Object.fromEntries(environment.map(({ name, value }) => [name, value]));
}

const CACHES = ["aws_elasticache_replication_group", "aws_elasticache_serverless_cache"];

/** A connection needs the cache and the user. Source: ElastiCache user guide, "Authenticating with IAM". */
function cacheCalls(world: World, role: string): Call[] {
  const call = (what: string, resource: string, allowed: boolean): Call => {
    return { what, caller: { role }, action: "elasticache:Connect", resource, allowed };
  };
  const other = `arn:aws:elasticache:${world.region}:${world.account}:user:other`;
  return [
    ...CACHES.flatMap((type) =>
      world.each(type, (name) => [call("the app connects to the cache", world.arn(type, name), true)]),
    ),
    ...world.each("aws_elasticache_user", (name, user) => {
      const isDefault = at(user, "user_name") === "default";
      return [call("the app connects as a user of the cache", world.arn("aws_elasticache_user", name), !isDefault)];
    }),
    call("the app connects as another user", other, false),
  ];
}

function userWithoutPassword(url: string | undefined): string | undefined {
  return /^\w+:\/\/([^@:/]+)@/.exec(url ?? "")?.[1];
}

/**
 * What the app's own role may not do, whoever breaks into the container.
 * @param secrets ARNs of the container's secrets, where the role that reads them is another
 */
export function nobodyCalls(world: World, role: string, secrets: readonly string[]): Call[] {
  const what = "a stranger in the container";
  const denied = (action: string, resource: string): Call => {
    return { what, caller: { role }, action, resource, allowed: false };
  };
  return [
    ...secrets.map((valueFrom) =>
      denied(isParameter(valueFrom) ? "ssm:GetParameters" : "secretsmanager:GetSecretValue", valueFrom),
    ),
    denied("kms:Decrypt", `arn:aws:kms:${world.region}:${world.account}:key/other`),
    denied("s3:GetObject", "arn:aws:s3:::other/key"),
    denied("iam:PassRole", `arn:aws:iam::${world.account}:role/other`),
    denied("sts:AssumeRole", `arn:aws:iam::${world.account}:role/other`),
    denied("ecs:UpdateService", `arn:aws:ecs:${world.region}:${world.account}:service/other/other`),
  ];
}

function isParameter(valueFrom: string): boolean {
  return valueFrom.split(":")[2] === "ssm";
}
