import {
  DescribeTasksCommand,
  type ECSClient,
  ListTasksCommand,
  RunTaskCommand,
  type Service,
} from "@aws-sdk/client-ecs";
import { DeployError } from "../errors";
import { type Target } from "../target/target";
import { migrationFamily } from "./definition";

/** Who started the task, as ECS shows it. */
const STARTED_BY = "make migrate";

/** Starts the migration's task beside the service: the same network, never on Spot. Returns its ARN. @throws DeployError with ECS's reason */
export async function startMigration(
  ecs: ECSClient,
  { clusterName, stack }: Target,
  taskDefinition: string,
  { networkConfiguration, platformVersion }: Service,
): Promise<string> {
  const { tasks = [], failures = [] } = await ecs.send(
    new RunTaskCommand({
      cluster: clusterName,
      taskDefinition,
      count: 1,
      launchType: "FARGATE",
      startedBy: STARTED_BY,
      enableECSManagedTags: true,
      propagateTags: "TASK_DEFINITION",
      ...(platformVersion === undefined ? {} : { platformVersion }),
      ...(networkConfiguration === undefined ? {} : { networkConfiguration }),
    }),
  );
  const arn = tasks[0]?.taskArn;
  if (arn !== undefined) return arn;
  const why = failures.map(({ reason, detail }) => [reason, detail].filter(Boolean).join(": ")).join("; ");
  throw new DeployError(`${stack}: expected ECS to start the migration, but it did not: ${why || "no reason given"}.`);
}

/** A migration that runs alone. */
export interface RunningMigration {
  readonly id: string;
  readonly since: Date | undefined;
}

/** Lists the migrations that run alone; those inside starting tasks of the service are not among them. */
export async function runningMigrations(ecs: ECSClient, target: Target): Promise<RunningMigration[]> {
  const query = { cluster: target.clusterName, family: migrationFamily(target), desiredStatus: "RUNNING" } as const;
  const { taskArns = [] } = await ecs.send(new ListTasksCommand(query));
  if (taskArns.length === 0) return [];
  const { tasks = [] } = await ecs.send(new DescribeTasksCommand({ cluster: target.clusterName, tasks: taskArns }));
  return tasks.map(({ taskArn = "", createdAt }) => ({ id: taskIdOf(taskArn), since: createdAt }));
}

/** `1a2b…` of `arn:…:task/cluster/1a2b…`. */
export function taskIdOf(taskArn: string): string {
  return taskArn.split("/").at(-1) ?? "";
}
