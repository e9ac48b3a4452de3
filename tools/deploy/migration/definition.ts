import {
  type ContainerDefinition,
  DeregisterTaskDefinitionCommand,
  type ECSClient,
  RegisterTaskDefinitionCommand,
  type Tag,
  type TaskDefinition,
} from "@aws-sdk/client-ecs";
import { DeployError } from "../errors";
import { type Target } from "../target/target";

/**
 * Family of the migration's own task definitions. In the service's family, Terraform would take the newest revision for what the service
 * has to run.
 */
export function migrationFamily({ family }: Pick<Target, "family">): string {
  return `${family}-migration`;
}

/** Returns the container that has to succeed before the application starts. @throws DeployError when there is none */
export function migrationContainer({ stack }: Target, { containerDefinitions = [] }: TaskDefinition) {
  const gates = containerDefinitions.flatMap(({ dependsOn = [] }) =>
    dependsOn.filter(({ condition }) => condition === "SUCCESS").map(({ containerName }) => containerName),
  );
  const found = containerDefinitions.find(({ name }) => gates.includes(name));
  if (found !== undefined) return found;
  const names = containerDefinitions.map(({ name }) => name).join(", ");
  throw new DeployError(
    `${stack}: expected a container that the application waits for (dependsOn, SUCCESS), got ${names || "none"}. This service has no migration.`,
  );
}

export interface MigrationDefinition {
  /** What the service runs, which brings network, roles and settings. */
  readonly service: TaskDefinition;
  readonly container: ContainerDefinition;
  readonly image: string;
  readonly tags: readonly Tag[];
}

/** Registers a task definition with the migration alone and returns its ARN. */
export async function registerMigration(
  ecs: ECSClient,
  target: Target,
  { service, container, image, tags }: MigrationDefinition,
): Promise<string> {
  const { networkMode, cpu, memory, volumes, runtimePlatform, executionRoleArn, taskRoleArn } = service;
  const { requiresCompatibilities, ephemeralStorage } = service;
  const { taskDefinition } = await ecs.send(
    new RegisterTaskDefinitionCommand({
      family: migrationFamily(target),
      ...{ networkMode, cpu, memory, volumes, runtimePlatform, executionRoleArn, taskRoleArn },
      ...{ requiresCompatibilities, ephemeralStorage },
      containerDefinitions: [{ ...container, image, essential: true }],
      ...(tags.length === 0 ? {} : { tags: [...tags] }),
    }),
  );
  return taskDefinition?.taskDefinitionArn ?? "";
}

/** Tasks that run keep running. Source: ECS developer guide, "Deregistering an Amazon ECS task definition revision". */
export async function deregister(ecs: ECSClient, taskDefinition: string): Promise<void> {
  await ecs.send(new DeregisterTaskDefinitionCommand({ taskDefinition }));
}
