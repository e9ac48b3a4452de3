import { at, first, type Json } from "../../terraform/json";
import { appCalls, nobodyCalls, secretCalls } from "./task-calls";
import { type Call, type World } from "./world";

/**
 * App Runner pulls with one role, and reads secrets and runs the application with the other.
 * Source: App Runner developer guide, "How App Runner works with IAM", access role and instance role.
 */
export function appRunnerCalls(world: World, service: Json): Call[] {
  const source = first(at(service, "source_configuration"));
  const access = first(at(source, "authentication_configuration"));
  const repository = first(at(source, "image_repository"));
  const code = first(at(first(at(source, "code_repository")), "code_configuration"));
  const configuration = first(at(repository, "image_configuration")) ?? first(at(code, "code_configuration_values"));
  const instance = world.reference(
    first(at(service, "instance_configuration")) ?? {},
    "instance_role_arn",
    "aws_iam_role",
  );
  const role = instance ?? "";
  const call = (action: string, resource: string, allowed = true, context?: Record<string, string>): Call => {
    return {
      what: "App Runner starts an instance",
      caller: { role },
      action,
      resource,
      allowed,
      ...(context && { context }),
    };
  };
  const secrets = textsOf(world, at(configuration, "runtime_environment_secrets"));
  const environment = textsOf(world, at(configuration, "runtime_environment_variables"));
  return [
    ...pulls(
      world.reference(access ?? {}, "access_role_arn", "aws_iam_role"),
      world.text(repository, "image_identifier"),
    ),
    ...Object.values(secrets).flatMap((valueFrom) => secretCalls(world, valueFrom, call)),
    call(
      "secretsmanager:GetSecretValue",
      `arn:aws:secretsmanager:${world.region}:${world.account}:secret:other-AbCdEf`,
      false,
    ),
    ...appCalls(world, role, environment),
    // The instance has one role for both, so that it may read its own secrets.
    ...nobodyCalls(world, role, []),
  ];
}

/** Source: AWS managed policy reference, AWSAppRunnerServicePolicyForECRAccess. */
const PULL = ["BatchCheckLayerAvailability", "BatchGetImage", "DescribeImages", "GetDownloadUrlForLayer"];

function pulls(role: string | undefined, image: string): Call[] {
  const [, account = "", region = "", path = ""] =
    /^(\d+)\.dkr\.ecr\.([\w-]+)\.amazonaws\.com\/([^:@]+)/.exec(image) ?? [];
  if (role === undefined) return [];
  const call = (action: string, resource: string, allowed = true): Call => {
    return { what: "App Runner pulls the image", caller: { role }, action: `ecr:${action}`, resource, allowed };
  };
  const repository = (name: string) => `arn:aws:ecr:${region}:${account}:repository/${name}`;
  return [
    call("GetAuthorizationToken", "*"),
    ...PULL.flatMap((action) => [call(action, repository(path)), call(action, repository("other"), false)]),
  ];
}

function textsOf(world: World, variables: Json | undefined): Readonly<Record<string, string>> {
  const names = Object.keys((variables ?? {}) as Readonly<Record<string, Json>>);
  return Object.fromEntries(names.map((name) => [name, world.text(variables, name)]));
}
