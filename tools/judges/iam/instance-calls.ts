import { at, first, type Json } from "../../terraform/json";
import { appCalls, nobodyCalls, secretCalls } from "./task-calls";
import { type Call, type World } from "./world";

/**
 * An instance of EC2 has one role, for its scripts, the agents of AWS and the application. What it does is in its user data.
 * Sources: CloudWatch user guide, "Create IAM roles and users for use with the CloudWatch agent"; Systems Manager user guide, "Create a
 * custom IAM role for Session Manager"; EC2 Auto Scaling user guide, "Complete a lifecycle action".
 */
export function instanceCalls(world: World, template: Json): Call[] {
  const profile = world.reference(first(at(template, "iam_instance_profile")) ?? {}, "arn", "aws_iam_instance_profile");
  const role = world.each("aws_iam_instance_profile", (name, each) =>
    name === profile ? [world.reference(each, "role", "aws_iam_role") ?? ""] : [],
  )[0];
  if (role === undefined) return [];
  const files = filesOf(world, template);
  return [
    ...scriptCalls(world, role, files),
    ...agentCalls(world, role, files),
    ...appCalls(world, role, variablesIn(world, files.get("/etc/app/app.env"))),
    // One role for both, so that whoever breaks in may read the instance's own secrets.
    ...nobodyCalls(world, role, []),
  ];
}

type Files = ReadonlyMap<string, string>;

/** Returns the files that the user data write, by their paths, with Terraform's expressions in them. */
function filesOf(world: World, template: Json): Files {
  const local = /local\.([\w-]+)/.exec(textOf(at(template, "user_data")))?.[1] ?? "";
  const written = world.local(local).matchAll(/^install -m \d+ \/dev\/stdin (\S+) <<'(\w+)'\n(.*?)^\2$/gms);
  return new Map([...written].map(([, path = "", , text = ""]) => [path, text]));
}

function scriptCalls(world: World, role: string, files: Files): Call[] {
  const call = caller("the instance boots", role);
  const settings = variablesIn(world, files.get("/etc/app/settings"));
  const [, account = "", region = "", path = ""] =
    /^(\d+)\.dkr\.ecr\.([\w-]+)\.amazonaws\.com\/([^:@]+)/.exec(settings["IMAGE"] ?? "") ?? [];
  const repository = (name: string) => `arn:aws:ecr:${region}:${account}:repository/${name}`;
  const group = (name: string) =>
    `arn:aws:autoscaling:${world.region}:${world.account}:autoScalingGroup:1:autoScalingGroupName/${name}`;
  const own = settings["GROUP"] ?? "";
  const secrets = ["/etc/app/secrets", "/etc/app/migration.secrets"].flatMap((file) =>
    sourcesIn(world, files.get(file)),
  );
  return [
    ...["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"].flatMap((action) => [
      call(action, repository(path)),
      call(action, repository("other"), false),
    ]),
    ...["autoscaling:CompleteLifecycleAction", "autoscaling:SetInstanceHealth"].flatMap((action) => [
      call(action, group(own)),
      call(action, group("other"), false),
    ]),
    call("autoscaling:UpdateAutoScalingGroup", group(own), false),
    ...secrets.flatMap((source) =>
      source.split(":")[2] === "ssm" ? [call("ssm:GetParameter", source)] : secretCalls(world, source, call),
    ),
    call(
      "secretsmanager:GetSecretValue",
      `arn:aws:secretsmanager:${world.region}:${world.account}:secret:other-AbCdEf`,
      false,
    ),
  ];
}

function agentCalls(world: World, role: string, files: Files): Call[] {
  const call = caller("an agent on the instance", role);
  const configuration = JSON.parse(files.get("/etc/app/cloudwatch.json") ?? "{}") as Json;
  const [file] = (at(configuration, "logs", "logs_collected", "files", "collect_list") ?? []) as readonly Json[];
  const group = (name: string) => `arn:aws:logs:${world.region}:${world.account}:log-group:${name}`;
  const stream = (name: string) => `${group(name)}:log-stream:i-0123456789abcdef0/process-0`;
  const own = world.text(file, "log_group_name");
  const namespace = (name: string) => ({ "cloudwatch:namespace": name });
  const channels = ["CreateControlChannel", "CreateDataChannel", "OpenControlChannel", "OpenDataChannel"];
  return [
    ...["logs:CreateLogStream", "logs:PutLogEvents"].flatMap((action) => [
      call(action, stream(own)),
      call(action, stream("/other"), false),
    ]),
    call("logs:DescribeLogStreams", `${group(own)}:*`),
    call("logs:CreateLogGroup", group("/other"), false),
    call("cloudwatch:PutMetricData", "*", true, namespace(world.text(at(configuration, "metrics"), "namespace"))),
    call("cloudwatch:PutMetricData", "*", false, namespace("other")),
    call("ec2:DescribeTags", "*"),
    call("ssm:UpdateInstanceInformation", `arn:aws:ec2:${world.region}:${world.account}:instance/i-0123456789abcdef0`),
    ...channels.map((channel) => call(`ssmmessages:${channel}`, "*")),
  ];
}

function caller(what: string, role: string) {
  return (action: string, resource: string, allowed = true, context?: Record<string, string>): Call => ({
    what,
    caller: { role },
    action,
    resource,
    allowed,
    ...(context && { context }),
  });
}

/** The values of `NAME='value'` and `NAME="value"`. */
function variablesIn(world: World, text = ""): Readonly<Record<string, string>> {
  const lines = [...text.matchAll(/^(\w+)=(['"])(.*)\2$/gm)];
  return Object.fromEntries(lines.map(([, name = "", , value = ""]) => [name, world.expressions.resolve(value)]));
}

/** The second words of the lines `NAME source`. */
function sourcesIn(world: World, text = ""): string[] {
  return [...text.matchAll(/^\w+ (\S.*)$/gm)].map(([, source = ""]) => world.expressions.resolve(source));
}

function textOf(value: Json | undefined): string {
  return typeof value === "string" ? value : "";
}
