import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { type Construct } from "constructs";
import { policyDocument, type PolicyStatement } from "../core/iam-policy";
import { physicalName } from "../core/names";
import { type AwsLocation } from "../ecs/aws-location";
import { runTaskStatements, tasksOf } from "../ecs/run-task";
import { type Task } from "../ecs/task";

/** A role and its policy, without which the role can do nothing. */
export interface RoleWithPolicy {
  readonly role: IamRole;
  readonly policy: IamRolePolicy;
}

/** Creates the role with which the state machine lists, runs, watches and stops the tasks. */
export function createStateMachineRole(scope: Construct, name: string, task: Task): RoleWithPolicy {
  const { location } = task;
  const role = new IamRole(scope, "state-machine-role", {
    name: physicalName([name, "runner"], { maxLength: 64 }),
    description: `Runs the scheduled task ${name}`,
    assumeRolePolicy: trust("states", location, `arn:${placeOf("states", location)}:stateMachine:*`),
  });
  const policy = new IamRolePolicy(scope, "state-machine-policy", {
    name: "run-task",
    role: role.id,
    policy: policyDocument([
      ...runTaskStatements({
        location,
        cluster: task.cluster,
        family: task.family,
        executionRoleArn: task.execution.role.arn,
        taskRoleArn: task.taskRole.arn,
      }),
      ...watchStatements(task),
    ]),
  });
  return { role, policy };
}

/** Source: Step Functions developer guide, "IAM policies for calling Amazon ECS or Fargate". */
function watchStatements({ location, cluster }: Task): PolicyStatement[] {
  return [
    {
      Sid: "ListTasks",
      Effect: "Allow",
      Action: "ecs:ListTasks",
      // Its one type of resource is a container instance, which Fargate has not: the condition is what limits it.
      Resource: "*",
      Condition: { ArnEquals: { "ecs:cluster": cluster.arn } },
    },
    {
      Sid: "WatchAndStopTasks",
      Effect: "Allow",
      Action: ["ecs:DescribeTasks", "ecs:StopTask"],
      Resource: tasksOf({ location, cluster }),
    },
    {
      Sid: "HearOfStoppedTasks",
      Effect: "Allow",
      Action: ["events:DescribeRule", "events:PutRule", "events:PutTargets"],
      Resource: `arn:${placeOf("events", location)}:rule/StepFunctionsGetEventsForECSTaskRule`,
    },
  ];
}

/** Creates the role with which the schedule starts the state machine. */
export function createScheduleRole(
  scope: Construct,
  { name, location, groupName, stateMachineArn }: ScheduleRoleInputs,
): RoleWithPolicy {
  const role = new IamRole(scope, "schedule-role", {
    name: physicalName([name, "schedule"], { maxLength: 64 }),
    description: `Starts the scheduled task ${name}`,
    assumeRolePolicy: trust("scheduler", location, `arn:${placeOf("scheduler", location)}:schedule-group/${groupName}`),
  });
  const policy = new IamRolePolicy(scope, "schedule-policy", {
    name: "start-run",
    role: role.id,
    policy: policyDocument([
      { Sid: "StartRun", Effect: "Allow", Action: "states:StartExecution", Resource: stateMachineArn },
    ]),
  });
  return { role, policy };
}

export interface ScheduleRoleInputs {
  readonly name: string;
  readonly location: AwsLocation;
  readonly groupName: string;
  readonly stateMachineArn: string;
}

function placeOf(service: string, { partition, region, account }: AwsLocation): string {
  return `${partition}:${service}:${region}:${account}`;
}

/**
 * Trusts one service, and only on behalf of what the ARN names. Sources: Step Functions developer guide and EventBridge Scheduler user
 * guide, "Cross-service confused deputy prevention".
 */
function trust(service: "states" | "scheduler", { account }: AwsLocation, sourceArn: string): string {
  return policyDocument([
    {
      Effect: "Allow",
      Principal: { Service: `${service}.amazonaws.com` },
      Action: "sts:AssumeRole",
      Condition: { StringEquals: { "aws:SourceAccount": account }, ArnLike: { "aws:SourceArn": sourceArn } },
    },
  ]);
}
