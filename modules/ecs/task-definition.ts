import { EcsTaskDefinition } from "@cdktf/provider-aws/lib/ecs-task-definition";
import { Fn, Op, Token } from "cdktf";
import { type Construct } from "constructs";
import { between, lifecycleWithPreconditions, withWorkspaceReference, applyTimePrecondition } from "../core/apply-time";
import { isUnresolved } from "../core/tokens";
import { containerDefinitions, type ContainerLogs, taskVolumes } from "./container-definition";
import { isPinned, PINNED_AT_APPLY } from "./image";
import { HIGHEST_PORT, LOWEST_PORT } from "./ports";
import { type CompleteFargateTaskProps } from "./defaults";
import { TASK_SIZES } from "./task-sizes";

export interface TaskDefinitionInputs {
  readonly family: string;
  readonly executionRoleArn: string;
  readonly taskRoleArn: string;
  readonly logs: ContainerLogs;
}

/** Creates the task definition. Each change makes a new revision; old revisions stay registered. */
export function createTaskDefinition(
  scope: Construct,
  props: CompleteFargateTaskProps,
  { family, executionRoleArn, taskRoleArn, logs }: TaskDefinitionInputs,
): EcsTaskDefinition {
  const { cpu, memoryMiB, architecture, ephemeralStorageGiB, revisionsOutsideTerraform } = props;
  return new EcsTaskDefinition(scope, "task-definition", {
    family,
    requiresCompatibilities: ["FARGATE"],
    networkMode: "awsvpc",
    cpu: text(cpu),
    memory: text(memoryMiB),
    runtimePlatform: { operatingSystemFamily: "LINUX", cpuArchitecture: architecture },
    ephemeralStorage: ephemeralStorageGiB === undefined ? undefined : { sizeInGib: ephemeralStorageGiB },
    executionRoleArn,
    taskRoleArn,
    volume: taskVolumes(props).map((name) => ({ name })),
    containerDefinitions: containerDefinitions(scope, props, logs),
    // A rollback needs the previous revision.
    skipDestroy: true,
    trackLatest: revisionsOutsideTerraform === "follow" ? true : undefined,
    lifecycle: lifecycle(props),
  });
}

function lifecycle({ image, cpu, memoryMiB, containerPort }: CompleteFargateTaskProps) {
  return lifecycleWithPreconditions([
    ...(isPinned(image) === undefined ? [pinnedImage(image)] : []),
    ...applyTimePrecondition(
      [cpu, memoryMiB],
      () => Fn.contains(SIZES, `${Token.asString(cpu)}/${Token.asString(memoryMiB)}`),
      "cpu, memoryMiB: expected a pair that Fargate knows, such as 256 CPU units and 512 MiB.",
    ),
    ...applyTimePrecondition(
      [containerPort],
      () => between(containerPort!, LOWEST_PORT, HIGHEST_PORT),
      `containerPort: expected ${LOWEST_PORT} to ${HIGHEST_PORT}; a user who is not root cannot listen below.`,
    ),
  ]);
}

/** Every allowed pair, such as `256/512`. */
const SIZES = [...TASK_SIZES].flatMap(([cpu, memories]) => memories.map((memoryMiB) => `${cpu}/${memoryMiB}`));

function pinnedImage(image: string) {
  const hasTagOrDigest = Fn.can(Fn.regex(PINNED_AT_APPLY, image));
  return {
    condition: withWorkspaceReference(Op.and(hasTagOrDigest, Op.not(Fn.endswith(image, ":latest")))),
    errorMessage:
      "image: expected a digest or a tag other than latest, so that a rollback has a name for what ran before.",
  };
}

/** The provider expects CPU and memory as text. */
function text(value: number): string {
  return isUnresolved(value) ? Token.asString(value) : String(value);
}
