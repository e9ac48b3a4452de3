import { PLATFORM_VERSION } from "../ecs/platform-version";

/** The subnets of a run: a list, or an intrinsic function that returns one. */
export type SubnetField = { readonly Subnets: readonly string[] } | { readonly "Subnets.$": string };

/** What the states refer to; text may be known only at apply. */
export interface StateInputs {
  readonly partition: string;
  readonly clusterArn: string;
  readonly family: string;
  readonly taskDefinitionArn: string;
  readonly subnets: SubnetField;
  readonly securityGroupId: string;
  readonly assignPublicIp: boolean;
  readonly timeoutSec: number;
}

/** Listing tasks changes nothing, so that every failure is worth another try. */
const RETRY_LIST = { ErrorEquals: ["States.TaskFailed"], IntervalSeconds: 5, MaxAttempts: 4, BackoffRate: 2 };

/** Fargate had no capacity: no task was started. Source: Step Functions developer guide, "Run Amazon ECS or Fargate tasks", the field Failures. */
const RETRY_START = { ErrorEquals: ["AmazonECS.Unknown"], IntervalSeconds: 60, MaxAttempts: 3, BackoffRate: 2 };

/**
 * Returns the states of one run: nothing while a task of the family runs, else a task, whose end they wait for; one that takes too long is
 * stopped. Source of the fields: Amazon States Language specification.
 */
export function statesOf(inputs: StateInputs): object {
  const { family, timeoutSec } = inputs;
  return {
    Comment: `Runs ${family} unless it runs already`,
    StartAt: "ListRunning",
    States: {
      ListRunning: { ...listTasks(inputs), ResultPath: "$.running", Next: "RunsAlready" },
      RunsAlready: {
        Type: "Choice",
        Choices: [{ Variable: "$.running.TaskArns[0]", IsPresent: true, Next: "Skipped" }],
        Default: "Run",
      },
      Skipped: { Type: "Succeed", Comment: "The previous run has not ended" },
      Run: runTask(inputs),
      ListOverdue: { ...listTasks(inputs), ResultPath: "$.overdue", Next: "StopOverdue" },
      StopOverdue: stopTasks(inputs),
      TimedOut: { Type: "Fail", Error: "TimedOut", Cause: `The task ran for more than ${timeoutSec} s` },
    },
  };
}

function listTasks({ partition, clusterArn, family }: StateInputs): object {
  return {
    Type: "Task",
    Resource: `arn:${partition}:states:::aws-sdk:ecs:listTasks`,
    // Tasks that are still starting have this desired status as well. Source: ECS API reference, ListTasks.
    Parameters: { Cluster: clusterArn, Family: family, DesiredStatus: "RUNNING" },
    Retry: [RETRY_LIST],
  };
}

function runTask(inputs: StateInputs): object {
  const { partition, clusterArn, taskDefinitionArn, subnets, securityGroupId, assignPublicIp, timeoutSec } = inputs;
  return {
    Type: "Task",
    // Waits for the end of the task, and fails when it fails.
    Resource: `arn:${partition}:states:::ecs:runTask.sync`,
    Parameters: {
      Cluster: clusterArn,
      TaskDefinition: taskDefinitionArn,
      LaunchType: "FARGATE",
      PlatformVersion: PLATFORM_VERSION,
      PropagateTags: "TASK_DEFINITION",
      NetworkConfiguration: {
        AwsvpcConfiguration: {
          ...subnets,
          SecurityGroups: [securityGroupId],
          AssignPublicIp: assignPublicIp ? "ENABLED" : "DISABLED",
        },
      },
    },
    TimeoutSeconds: timeoutSec,
    Retry: [RETRY_START],
    Catch: [{ ErrorEquals: ["States.Timeout"], ResultPath: "$.error", Next: "ListOverdue" }],
    End: true,
  };
}

function stopTasks({ partition, clusterArn }: StateInputs): object {
  return {
    Type: "Map",
    ItemsPath: "$.overdue.TaskArns",
    ItemProcessor: {
      ProcessorConfig: { Mode: "INLINE" },
      StartAt: "Stop",
      States: {
        Stop: {
          Type: "Task",
          Resource: `arn:${partition}:states:::aws-sdk:ecs:stopTask`,
          Parameters: { Cluster: clusterArn, "Task.$": "$", Reason: "It ran for too long" },
          End: true,
        },
      },
    },
    ResultPath: null,
    Next: "TimedOut",
  };
}
