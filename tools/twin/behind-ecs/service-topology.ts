import { type StateJson } from "../../terraform/state-json";
import { AppliedResources } from "../../terraform/applied-resources";
import { readTask } from "../topology/compute/fargate";
import { readTopology } from "../topology/read-topology";
import { type TaskDefinition, type Topology } from "../topology/topology";
import { type DesiredState } from "./claimed-service";

/**
 * Reads the topology of a service that ECS wants: load balancer and data stores from the applied state, the service and its task definition
 * from ECS, because Terraform writes a service to the state only when it is steady. The task count is ECS's, so the bounds of autoscaling
 * are left out.
 *
 * @throws TerraformError or TwinError while the state lacks something that the service needs
 */
export function topologyOf(state: StateJson, name: string, desired: DesiredState): Topology {
  const others = (state.values?.root_module?.resources ?? []).filter(
    ({ type }) => type !== "aws_ecs_service" && type !== "aws_ecs_task_definition",
  );
  const resources = [...others, serviceResource(name, desired), taskDefinitionResource(desired)];
  return { ...readTopology({ values: { root_module: { resources } } }), scaling: undefined };
}

/** Reads a task definition that ECS has. @throws TerraformError or TwinError when a container is incomplete or depends on an unknown one */
export function taskOf(taskDefinition: DesiredState["taskDefinition"]): TaskDefinition {
  const resources = [taskDefinitionResource({ taskDefinition })];
  return readTask(new AppliedResources({ values: { root_module: { resources } } }).only("aws_ecs_task_definition"));
}

function serviceResource(name: string, desired: DesiredState) {
  const { minimumHealthyPercent, maximumPercent, deploymentCircuitBreaker } = desired.deploymentConfiguration;
  const breaker = deploymentCircuitBreaker ?? { enable: false, rollback: false };
  return {
    address: `aws_ecs_service.${name}`,
    mode: "managed",
    type: "aws_ecs_service",
    values: {
      name,
      task_definition: desired.taskDefinition.arn,
      desired_count: desired.desiredCount,
      // AWS's defaults. Source: ECS API reference, DeploymentConfiguration.
      deployment_minimum_healthy_percent: minimumHealthyPercent ?? 100,
      deployment_maximum_percent: maximumPercent ?? 200,
      health_check_grace_period_seconds: desired.healthCheckGracePeriodSeconds,
      deployment_circuit_breaker: [{ enable: breaker.enable, rollback: breaker.rollback }],
      load_balancer: desired.loadBalancers.map(({ targetGroupArn, containerName, containerPort }) => ({
        target_group_arn: targetGroupArn,
        container_name: containerName,
        container_port: containerPort,
      })),
    },
  };
}

function taskDefinitionResource({ taskDefinition }: Pick<DesiredState, "taskDefinition">) {
  const { arn, family, revision, cpu, memory, containerDefinitions } = taskDefinition;
  return {
    address: `aws_ecs_task_definition.${family}`,
    mode: "managed",
    type: "aws_ecs_task_definition",
    values: { arn, family, revision, cpu, memory, container_definitions: JSON.stringify(containerDefinitions) },
  };
}
