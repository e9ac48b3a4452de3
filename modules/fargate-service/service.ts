import { EcsService } from "@cdktf/provider-aws/lib/ecs-service";
import { type EcsTaskDefinition } from "@cdktf/provider-aws/lib/ecs-task-definition";
import { type ITerraformDependable, Op, TerraformSelf, Token } from "cdktf";
import { type Construct } from "constructs";
import { escapeTemplate } from "../core/tokens";
import { atLeastTwoSubnets, lifecycleWithPreconditions } from "../core/apply-time";
import { gracePeriodSec } from "../ecs/deployment";
import { PLATFORM_VERSION } from "../ecs/platform-version";
import { type CompleteFargateServiceProps } from "./defaults";
import { capacityStrategy } from "./spot";

export interface ServiceInputs {
  readonly serviceName: string;
  readonly clusterArn: string;
  readonly taskDefinition: EcsTaskDefinition;
  readonly securityGroupId: string;
  readonly dependsOn: readonly ITerraformDependable[];
}

/** Creates the ECS service, which replaces its tasks in rolling deploys. */
export function createService(
  scope: Construct,
  props: CompleteFargateServiceProps,
  { serviceName, clusterArn, taskDefinition, securityGroupId, dependsOn }: ServiceInputs,
): EcsService {
  const { network, loadBalancer, maximumPercent, waitForSteadyState, deployTimeoutSec } = props;
  const timeout = `${deployTimeoutSec}s`;
  const service = new EcsService(scope, "service", {
    name: serviceName,
    cluster: clusterArn,
    taskDefinition: taskDefinition.arn,
    desiredCount: props.desiredCount,
    capacityProviderStrategy: capacityStrategy(props.spot),
    // ECS changes a strategy only in a new deployment: without this, provider 5 replaces the service and 6 refuses the plan.
    // It has an effect only when something else is updated.
    forceNewDeployment: true,
    platformVersion: PLATFORM_VERSION,
    networkConfiguration: {
      subnets: [...network.taskSubnetIds],
      securityGroups: [securityGroupId],
      assignPublicIp: network.assignPublicIp,
    },
    loadBalancer: loadBalancer && [
      {
        targetGroupArn: loadBalancer.targetGroupArn,
        containerName: props.containerName,
        containerPort: props.containerPort!,
      },
    ],
    healthCheckGracePeriodSeconds: loadBalancer && gracePeriodSec(props),
    deploymentMinimumHealthyPercent: props.minimumHealthyPercent,
    deploymentMaximumPercent: maximumPercent,
    deploymentCircuitBreaker: { enable: true, rollback: true },
    // It starts a new task before it stops the old one, which a maximum of 100 % does not allow.
    availabilityZoneRebalancing: maximumPercent > 100 ? "ENABLED" : "DISABLED",
    enableExecuteCommand: props.enableExecuteCommand,
    enableEcsManagedTags: true,
    propagateTags: "SERVICE",
    waitForSteadyState,
    timeouts: { create: timeout, update: timeout, delete: timeout },
    dependsOn: [...dependsOn],
    lifecycle: lifecycle(props, taskDefinition),
  });
  rollBackOn(service, props.rollbackAlarmNames);
  return service;
}

function lifecycle(
  { autoscaling, waitForSteadyState, revisionsOutsideTerraform, network }: CompleteFargateServiceProps,
  taskDefinition: EcsTaskDefinition,
) {
  const conditions = atLeastTwoSubnets("network.taskSubnetIds", network.taskSubnetIds);
  const ignoresRevision = revisionsOutsideTerraform === "ignore";
  const ignoreChanges = [...(autoscaling ? ["desired_count"] : []), ...(ignoresRevision ? ["task_definition"] : [])];
  // A program that chooses the revision also judges its deploys.
  const checksRevision = waitForSteadyState && !ignoresRevision;
  if (ignoreChanges.length === 0 && !checksRevision) return lifecycleWithPreconditions(conditions);
  return lifecycleWithPreconditions(conditions, {
    ignoreChanges: ignoreChanges.length > 0 ? ignoreChanges : undefined,
    postcondition: checksRevision ? [isRunning(taskDefinition)] : undefined,
  });
}

/** Makes each of these alarms fail and roll back a deploy in progress. */
export function rollBackOn(service: EcsService, alarmNames: readonly string[]): void {
  if (alarmNames.length === 0) return;
  service.putAlarms({ enable: true, rollback: true, alarmNames: alarmNames.map(escapeTemplate) });
}

/** Fails the apply after a rollback, which the provider reports as success. Source: hashicorp/terraform-provider-aws#20858. */
function isRunning(taskDefinition: EcsTaskDefinition) {
  return {
    condition: Token.asString(Op.eq(TerraformSelf.getString("task_definition"), taskDefinition.arn)),
    errorMessage:
      "The deploy failed and ECS rolled it back: the previous revision runs. See the service's events and the logs of the stopped tasks.",
  };
}
