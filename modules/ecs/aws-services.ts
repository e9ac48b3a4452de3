import { type ITerraformDependable } from "cdktf";
import { type PolicyStatement } from "../core/iam-policy";
import { isUnresolved } from "../core/tokens";
import { type CompleteTaskProps } from "./defaults";
import { ecrRepositoryArn } from "./image";
import { type TaskNetwork } from "./references";
import { type SecretSource, serviceOf } from "./secrets";

/** An AWS service that ECS or a container calls from the tasks' subnets. */
export interface CalledService {
  /** Short name of its interface endpoint: `ecr.api`. */
  readonly service: string;
  /** What makes the tasks call it, for messages: `secrets.API_KEY`. */
  readonly usedBy: string;
}

/**
 * Returns the AWS services that tasks call to start and to run. ECS itself needs no endpoint on Fargate, and image layers come from S3,
 * which has a gateway endpoint. Source: ECS developer guide, "Amazon ECS interface VPC endpoints (AWS PrivateLink)".
 */
export function calledServices(props: CompleteTaskProps): readonly CalledService[] {
  const { secrets, migration, sidecars, enableExecuteCommand, taskPolicyStatements } = props;
  const sources = [
    ...Object.entries(secrets).map(([name, source]) => [`secrets.${name}`, source] as const),
    ...Object.entries(migration?.secrets ?? {}).map(([name, source]) => [`migration.secrets.${name}`, source] as const),
    ...Object.entries(sidecars).flatMap(([id, sidecar]) =>
      Object.entries(sidecar?.secrets ?? {}).map(
        ([name, source]) => [`sidecars.${id}.secrets.${name}`, source] as const,
      ),
    ),
  ];
  const pulled = [
    ["image", props] as const,
    ...Object.entries(sidecars).map(([id, sidecar]) => [`sidecars.${id}.image`, sidecar] as const),
  ];
  return distinct([
    ...pulled
      .filter(([, image]) => image && pullsFromEcr(image))
      .flatMap(([usedBy]) => ["ecr.api", "ecr.dkr"].map((service) => ({ service, usedBy }))),
    { service: "logs", usedBy: "the containers' output" },
    // A malformed reference is reported by the check of secrets.
    ...sources
      .filter(([, source]) => isReference(source))
      .map(([usedBy, source]) => ({ service: serviceOf(source), usedBy })),
    ...(enableExecuteCommand ? [{ service: "ssmmessages", usedBy: "enableExecuteCommand" }] : []),
    ...servicesOfStatements(taskPolicyStatements, "taskPolicyStatements"),
  ]);
}

function isReference(source: SecretSource | null): boolean {
  return typeof (typeof source === "string" ? source : source?.arn) === "string";
}

/** Whether the image is in a private repository of ECR, whose layers come from S3. */
export function pullsFromEcr({ image, repositoryArn }: Pick<CompleteTaskProps, "image" | "repositoryArn">): boolean {
  return repositoryArn !== undefined || (typeof image === "string" && ecrRepositoryArn(image) !== undefined);
}

/**
 * The interface endpoints of services by the prefix of their IAM actions, where an application calls them over HTTPS. Not listed: services
 * with a gateway endpoint (S3, DynamoDB), and permissions to sign in to something in the VPC (`rds-db`, `elasticache`).
 * Source: AWS PrivateLink guide, "AWS services that integrate with AWS PrivateLink".
 */
const ENDPOINT_BY_ACTION_PREFIX: ReadonlyMap<string, string> = new Map([
  ["cloudwatch", "monitoring"],
  ["comprehend", "comprehend"],
  ["events", "events"],
  ["firehose", "kinesis-firehose"],
  ["kinesis", "kinesis-streams"],
  ["kms", "kms"],
  ["lambda", "lambda"],
  ["logs", "logs"],
  ["polly", "polly"],
  ["rekognition", "rekognition"],
  ["secretsmanager", "secretsmanager"],
  ["sns", "sns"],
  ["sqs", "sqs"],
  ["ssm", "ssm"],
  ["ssmmessages", "ssmmessages"],
  ["states", "states"],
  ["sts", "sts"],
  ["textract", "textract"],
  ["transcribe", "transcribe"],
  ["translate", "translate"],
  ["xray", "xray"],
]);

/** Returns the services whose actions the statements allow. Actions of services that are not in the table are left out. */
export function servicesOfStatements(statements: readonly PolicyStatement[], usedBy: string): readonly CalledService[] {
  const actions = statements
    .filter(({ Effect }) => Effect === "Allow")
    .flatMap(({ Action }) => Action)
    .filter((action) => typeof action === "string" && !isUnresolved(action));
  return distinct(
    actions.flatMap((action) => {
      const service = ENDPOINT_BY_ACTION_PREFIX.get(action.split(":")[0]!.toLowerCase());
      return service === undefined ? [] : [{ service, usedBy }];
    }),
  );
}

/** Adds the endpoints that the network lacks and can add. Returns what has to exist before the services answer. */
export function addEndpoints(network: TaskNetwork, called: readonly CalledService[]): readonly ITerraformDependable[] {
  return called.flatMap(({ service }) => network.addInterfaceEndpoint?.(service) ?? []);
}

function distinct(called: readonly CalledService[]): readonly CalledService[] {
  return called.filter(({ service }, index) => called.findIndex((other) => other.service === service) === index);
}
