import { TwinError } from "../../errors";
import { type Attributes } from "../../../terraform/attributes";
import { type Container, type ContainerHealthCheck, type Dependency, type Isolation } from "../topology";

/** ECS's defaults for what a definition leaves out. Source: ECS API reference, ContainerDefinition and HealthCheck. */
const DEFAULTS = {
  startTimeoutSec: 120,
  stopTimeoutSec: 30,
  healthCheck: { intervalSec: 30, timeoutSec: 5, retries: 3, startPeriodSec: 0 },
} as const;

const CONDITIONS: readonly Dependency["condition"][] = ["START", "COMPLETE", "SUCCESS", "HEALTHY"];

/** A container definition in AWS's JSON. */
interface ContainerDefinition {
  readonly name?: string;
  readonly image?: string;
  readonly essential?: boolean;
  readonly command?: readonly string[];
  readonly environment?: readonly { readonly name: string; readonly value: string }[];
  readonly secrets?: readonly { readonly name: string; readonly valueFrom: string }[];
  readonly dependsOn?: readonly { readonly containerName: string; readonly condition: string }[];
  readonly startTimeout?: number;
  readonly stopTimeout?: number;
  readonly healthCheck?: {
    readonly command: readonly string[];
    readonly interval?: number;
    readonly timeout?: number;
    readonly retries?: number;
    readonly startPeriod?: number;
  };
  readonly user?: string;
  readonly readonlyRootFilesystem?: boolean;
  readonly linuxParameters?: {
    readonly initProcessEnabled?: boolean;
    readonly capabilities?: { readonly drop?: readonly string[] };
  };
  readonly mountPoints?: readonly { readonly containerPath: string }[];
  readonly ulimits?: readonly { readonly name: string; readonly softLimit: number; readonly hardLimit: number }[];
}

/** Reads the containers of a task definition. @throws TerraformError or TwinError when one is incomplete or depends on an unknown one */
export function readContainers(definition: Attributes): Container[] {
  const parsed = definition.json("container_definitions");
  if (!Array.isArray(parsed) || parsed.length === 0) throw definition.wrong("container_definitions", "containers");
  const containers = (parsed as ContainerDefinition[]).map((container) => readContainer(definition, container));
  const names = new Set(containers.map(({ name }) => name));
  for (const { name, dependsOn } of containers) {
    for (const { container } of dependsOn) {
      if (!names.has(container)) {
        throw new TwinError(
          `${definition.address}: container ${name} depends on ${container}, which the task definition does not have.`,
        );
      }
    }
  }
  return containers;
}

function readContainer(definition: Attributes, container: ContainerDefinition): Container {
  const { name, image } = container;
  if (name === undefined || image === undefined) {
    throw definition.wrong("container_definitions", "a name and an image for each container");
  }
  return {
    name,
    image,
    essential: container.essential ?? true,
    command: container.command && container.command.length > 0 ? container.command : undefined,
    environment: Object.fromEntries((container.environment ?? []).map((variable) => [variable.name, variable.value])),
    secrets: Object.fromEntries((container.secrets ?? []).map((secret) => [secret.name, secret.valueFrom])),
    dependsOn: (container.dependsOn ?? []).map((dependency) => readDependency(definition, name, dependency)),
    startTimeoutSec: container.startTimeout ?? DEFAULTS.startTimeoutSec,
    stopTimeoutSec: container.stopTimeout ?? DEFAULTS.stopTimeoutSec,
    healthCheck: readHealthCheck(container.healthCheck),
    isolation: readIsolation(container),
  };
}

function readIsolation(container: ContainerDefinition): Isolation {
  const openFiles = container.ulimits?.find(({ name }) => name === "nofile");
  return {
    user: container.user,
    readonlyRoot: container.readonlyRootFilesystem ?? false,
    init: container.linuxParameters?.initProcessEnabled ?? false,
    droppedCapabilities: container.linuxParameters?.capabilities?.drop ?? [],
    volumes: (container.mountPoints ?? []).map(({ containerPath }) => containerPath),
    openFiles: openFiles && { soft: openFiles.softLimit, hard: openFiles.hardLimit },
  };
}

function readDependency(
  definition: Attributes,
  name: string,
  { containerName, condition }: { containerName: string; condition: string },
): Dependency {
  const known = CONDITIONS.find((candidate) => candidate === condition);
  if (known === undefined) {
    throw new TwinError(
      `${definition.address}: container ${name} waits for ${condition}; expected ${CONDITIONS.join(", ")}.`,
    );
  }
  return { container: containerName, condition: known };
}

function readHealthCheck(check: ContainerDefinition["healthCheck"]): ContainerHealthCheck | undefined {
  if (check === undefined || check === null) return undefined;
  const { healthCheck } = DEFAULTS;
  return {
    command: check.command,
    intervalSec: check.interval ?? healthCheck.intervalSec,
    timeoutSec: check.timeout ?? healthCheck.timeoutSec,
    retries: check.retries ?? healthCheck.retries,
    startPeriodSec: check.startPeriod ?? healthCheck.startPeriodSec,
  };
}
