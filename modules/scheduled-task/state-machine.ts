import { SfnStateMachine } from "@cdktf/provider-aws/lib/sfn-state-machine";
import { Fn, type ITerraformDependable, TerraformLocal } from "cdktf";
import { type Construct } from "constructs";
import { physicalName } from "../core/names";
import { isUnresolved } from "../core/tokens";
import { type TaskNetwork } from "../ecs/references";
import { type Task } from "../ecs/task";
import { type CompleteScheduledTaskProps } from "./defaults";
import { statesOf, type SubnetField } from "./states";

export interface StateMachineInputs {
  readonly task: Task;
  readonly roleArn: string;
  readonly dependsOn: readonly ITerraformDependable[];
}

/**
 * Creates the state machine that runs the task unless it runs already, waits for its end, and stops it when it takes too long. ECS itself
 * does none of the three: it runs as many tasks as it is asked for, for as long as they take.
 */
export function createStateMachine(
  scope: Construct,
  props: CompleteScheduledTaskProps,
  { task, roleArn, dependsOn }: StateMachineInputs,
): SfnStateMachine {
  return new SfnStateMachine(scope, "state-machine", {
    // Source of the length: Step Functions API reference, CreateStateMachine.
    name: physicalName([props.name], { maxLength: 80 }),
    roleArn,
    definition: definitionOf(scope, props, task),
    dependsOn: [...dependsOn],
  });
}

function definitionOf(scope: Construct, { network, timeoutSec }: CompleteScheduledTaskProps, task: Task): string {
  return JSON.stringify(
    statesOf({
      partition: task.location.partition,
      clusterArn: task.cluster.arn,
      family: task.family,
      taskDefinitionArn: task.definition.arn,
      subnets: subnetsOf(scope, network),
      securityGroupId: task.security.group.id,
      assignPublicIp: network.assignPublicIp,
      timeoutSec,
    }),
  );
}

/** A list whose length is known only at apply is text that the states split: JSON cannot hold it. The local value keeps quotes out of the JSON. */
function subnetsOf(scope: Construct, { taskSubnetIds }: TaskNetwork): SubnetField {
  if (!isUnresolved(taskSubnetIds)) return { Subnets: taskSubnetIds };
  const joined = new TerraformLocal(scope, "subnets", Fn.join(",", [...taskSubnetIds])).asString;
  return { "Subnets.$": `States.StringSplit('${joined}', ',')` };
}
