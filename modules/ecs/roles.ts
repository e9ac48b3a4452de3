import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { type Construct } from "constructs";
import { policyDocument, type PolicyStatement } from "../core/iam-policy";
import { physicalName } from "../core/names";
import { type AwsLocation } from "./aws-location";
import { ecrRepositoryArn } from "./image";
import { type CompleteTaskProps } from "./defaults";
import { iamResources, type SecretSource, type SecretVariables, serviceOf } from "./secrets";

export interface ExecutionRole {
  readonly role: IamRole;
  readonly policy: IamRolePolicy;
}

/** Creates the role with which ECS itself pulls the image, reads the secrets and writes the logs. Containers never have it. */
export function createExecutionRole(
  scope: Construct,
  props: CompleteTaskProps,
  location: AwsLocation,
  logGroupArn: string,
): ExecutionRole {
  const role = new IamRole(scope, "execution-role", {
    name: physicalName([props.name, "execution"], { maxLength: 64 }),
    description: `Starts the tasks of ${props.name}`,
    assumeRolePolicy: taskTrust(location),
  });
  const policy = new IamRolePolicy(scope, "execution-policy", {
    name: "start-tasks",
    role: role.id,
    policy: policyDocument([
      ...pullStatements(props, ...Object.values(props.sidecars)),
      {
        Sid: "WriteLogs",
        Effect: "Allow",
        Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
        Resource: `${logGroupArn}:*`,
      },
      ...secretStatements(props, location),
    ]),
  });
  return { role, policy };
}

/** Creates the role of the app, without permissions. */
export function createTaskRole(scope: Construct, { name }: CompleteTaskProps, location: AwsLocation): IamRole {
  return new IamRole(scope, "task-role", {
    name: physicalName([name, "task"], { maxLength: 64 }),
    description: `The app in the tasks of ${name}`,
    assumeRolePolicy: taskTrust(location),
  });
}

/** Permits the channels of ECS Exec; these actions have no resource types. Source: ECS developer guide, "Task IAM role", ECS Exec permissions. */
export const EXECUTE_COMMAND_STATEMENT: PolicyStatement = {
  Sid: "ExecuteCommand",
  Effect: "Allow",
  Action: [
    "ssmmessages:CreateControlChannel",
    "ssmmessages:CreateDataChannel",
    "ssmmessages:OpenControlChannel",
    "ssmmessages:OpenDataChannel",
  ],
  Resource: "*",
};

/** Trusts only ECS, and only for tasks of this account and region. Source: ECS developer guide, "Task IAM role", confused deputy. */
function taskTrust({ partition, region, account }: AwsLocation): string {
  return policyDocument([
    {
      Effect: "Allow",
      Principal: { Service: "ecs-tasks.amazonaws.com" },
      Action: "sts:AssumeRole",
      Condition: {
        StringEquals: { "aws:SourceAccount": account },
        ArnLike: { "aws:SourceArn": `arn:${partition}:ecs:${region}:${account}:*` },
      },
    },
  ]);
}

/** Returns the permissions to pull the images, none for those outside of ECR. */
export function pullStatements(
  ...images: readonly Pick<CompleteTaskProps, "image" | "repositoryArn">[]
): PolicyStatement[] {
  const repositories = [
    ...new Set(images.flatMap(({ image, repositoryArn }) => repositoryArn ?? ecrRepositoryArn(image) ?? [])),
  ];
  const [only] = repositories;
  if (only === undefined) return [];
  return [
    // A token is for the whole registry: AWS has no resource for it.
    { Sid: "SignInToEcr", Effect: "Allow", Action: "ecr:GetAuthorizationToken", Resource: "*" },
    {
      Sid: "PullImage",
      Effect: "Allow",
      Action: ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
      Resource: repositories.length === 1 ? only : repositories,
    },
  ];
}

/** Returns the permissions to read the secrets and to decrypt them. */
export function secretStatements(
  {
    secrets,
    migration,
    sidecars = {},
    secretKmsKeyArns,
  }: Pick<CompleteTaskProps, "secrets" | "secretKmsKeyArns"> & {
    readonly migration?: { readonly secrets: SecretVariables } | undefined;
    readonly sidecars?: Readonly<Record<string, { readonly secrets: SecretVariables }>> | undefined;
  },
  { region, dnsSuffix }: Pick<AwsLocation, "region" | "dnsSuffix">,
): PolicyStatement[] {
  const others = [migration, ...Object.values(sidecars)].flatMap((container) =>
    Object.values(container?.secrets ?? {}),
  );
  const sources = [...Object.values(secrets), ...others];
  const resources = (service: "secretsmanager" | "ssm") => unique(sources, service);
  const statements: PolicyStatement[] = [];
  const allow = (Sid: string, Action: string, Resource: readonly string[]) => {
    if (Resource.length > 0) statements.push({ Sid, Effect: "Allow", Action, Resource });
  };
  allow("ReadSecrets", "secretsmanager:GetSecretValue", resources("secretsmanager"));
  allow("ReadParameters", "ssm:GetParameters", resources("ssm"));
  if (secretKmsKeyArns.length > 0 && sources.length > 0) {
    const services = (["secretsmanager", "ssm"] as const).filter((service) => resources(service).length > 0);
    statements.push({
      Sid: "DecryptSecrets",
      Effect: "Allow",
      Action: "kms:Decrypt",
      Resource: secretKmsKeyArns,
      Condition: {
        StringEquals: { "kms:ViaService": services.map((service) => `${service}.${region}.${dnsSuffix}`) },
      },
    });
  }
  return statements;
}

function unique(sources: readonly SecretSource[], service: "secretsmanager" | "ssm"): string[] {
  return [...new Set(sources.filter((source) => serviceOf(source) === service).flatMap(iamResources))];
}
