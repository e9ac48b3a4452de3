import { DescribeTasksCommand, type ECSClient, ListTasksCommand, type Task } from "@aws-sdk/client-ecs";
import { type Target } from "../target/target";
import { revisionOf } from "../service/snapshot";

/** Why a task stopped, in ECS's words. */
export interface StoppedTask {
  readonly id: string;
  readonly revision: number;
  readonly stopCode: string;
  readonly reason: string;
  readonly containers: readonly StoppedContainer[];
}

export interface StoppedContainer {
  readonly name: string;
  /** Missing when the container never ran. */
  readonly exitCode: number | undefined;
  readonly reason: string;
}

/** Lists the service's stopped tasks; ECS keeps them for about an hour. Source: ECS API reference, DescribeTasks. */
export async function stoppedTasks(ecs: ECSClient, { clusterName, family }: Target): Promise<StoppedTask[]> {
  const listed = await ecs.send(new ListTasksCommand({ cluster: clusterName, family, desiredStatus: "STOPPED" }));
  const taskArns = listed.taskArns ?? [];
  if (taskArns.length === 0) return [];
  const { tasks = [] } = await ecs.send(new DescribeTasksCommand({ cluster: clusterName, tasks: taskArns }));
  const newestFirst = [...tasks].sort((a, b) => Number(b.stoppedAt ?? 0) - Number(a.stoppedAt ?? 0));
  return newestFirst.map(stoppedTask);
}

/** Reads what a task says about its end. */
export function stoppedTask({
  taskArn = "",
  taskDefinitionArn = "",
  stopCode,
  stoppedReason,
  containers = [],
}: Task): StoppedTask {
  return {
    id: taskArn.split("/").at(-1) ?? "",
    revision: revisionOf(taskDefinitionArn),
    stopCode: stopCode ?? "",
    reason: stoppedReason ?? "",
    containers: containers.map(({ name = "", exitCode, reason = "" }) => ({ name, exitCode, reason })),
  };
}
