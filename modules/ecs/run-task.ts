import { type PolicyStatement } from "../core/iam-policy";
import { type AwsLocation } from "./aws-location";
import { type ClusterRef } from "./references";

/** What a task that nobody keeps running leaves out of a service: it listens nowhere, and ends by itself. */
export const RUN_TASK_SETTINGS = {
  kind: "worker",
  containerPort: undefined,
  healthCheckCommand: undefined,
  bootSec: 60,
  drainSec: 20,
  drainSecGiven: false,
  migration: undefined,
  loadBalancer: undefined,
  autoscaling: undefined,
  enableExecuteCommand: false,
  revisionsOutsideTerraform: "revert",
} as const;

export interface RunTaskTarget {
  readonly location: AwsLocation;
  readonly cluster: ClusterRef;
  readonly family: string;
  readonly executionRoleArn: string;
  readonly taskRoleArn: string;
}

/**
 * Returns the permissions to run the tasks of one family in one cluster, with its tags and roles. Sources: ECS developer guide, "Task
 * execution IAM role", passing it; "Grant permission to tag resources on creation".
 */
export function runTaskStatements(target: RunTaskTarget): PolicyStatement[] {
  const { location, cluster, family, executionRoleArn, taskRoleArn } = target;
  return [
    {
      Sid: "RunTask",
      Effect: "Allow",
      Action: "ecs:RunTask",
      // Any revision: a run that was started before an apply may still need the previous one.
      Resource: `${ecsArn(location, "task-definition")}/${family}:*`,
      Condition: { ArnEquals: { "ecs:cluster": cluster.arn } },
    },
    {
      Sid: "TagTask",
      Effect: "Allow",
      Action: "ecs:TagResource",
      Resource: tasksOf(target),
      Condition: { StringEquals: { "ecs:CreateAction": "RunTask" } },
    },
    {
      Sid: "PassTaskRoles",
      Effect: "Allow",
      Action: "iam:PassRole",
      Resource: [executionRoleArn, taskRoleArn],
      Condition: { StringEquals: { "iam:PassedToService": "ecs-tasks.amazonaws.com" } },
    },
  ];
}

/** Returns the ARN pattern of every task in the cluster: the id of a task is known only when it runs. */
export function tasksOf({ location, cluster }: Pick<RunTaskTarget, "location" | "cluster">): string {
  return `${ecsArn(location, "task")}/${cluster.name}/*`;
}

function ecsArn({ partition, region, account }: AwsLocation, type: "task" | "task-definition"): string {
  return `arn:${partition}:ecs:${region}:${account}:${type}`;
}
