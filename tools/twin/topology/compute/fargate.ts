import { type AppliedResources } from "../../../terraform/applied-resources";
import { type Attributes } from "../../../terraform/attributes";
import { TwinError } from "../../errors";
import { type Scaling, type Service, type TaskDefinition } from "../topology";
import { type ComputeReader, type ComputeTopology } from "./compute-reader";
import { readContainers } from "./containers";

/** Reads an ECS service on Fargate. */
export const fargate: ComputeReader = {
  resourceType: "aws_ecs_service",
  isIn: (resources) => resources.all("aws_ecs_service").length > 0,
  read,
};

function read(resources: AppliedResources): ComputeTopology {
  const service = resources.only("aws_ecs_service");
  const target = service.block("load_balancer");
  const definition = resources.by("aws_ecs_task_definition", "arn", service.text("task_definition"));
  const task = readTask(definition);
  const containerName = target.text("container_name");
  if (!task.containers.some(({ name }) => name === containerName)) {
    throw new TwinError(`${service.address}.load_balancer: container ${containerName} is not in the task definition.`);
  }
  return {
    name: service.text("name"),
    service: readService(service, target),
    scaling: readScaling(resources, service),
    task,
    group: undefined,
    targetGroupArn: target.text("target_group_arn"),
  };
}

function readService(service: Attributes, target: Attributes): Service {
  const [breaker] = service.blocks("deployment_circuit_breaker");
  return {
    desiredCount: service.number("desired_count"),
    minimumHealthyPercent: service.number("deployment_minimum_healthy_percent"),
    maximumPercent: service.number("deployment_maximum_percent"),
    gracePeriodSec: service.optionalNumber("health_check_grace_period_seconds") ?? 0,
    circuitBreaker: { enabled: breaker?.flag("enable") ?? false, rollback: breaker?.flag("rollback") ?? false },
    containerName: target.text("container_name"),
    containerPort: target.number("container_port"),
  };
}

function readScaling(resources: AppliedResources, service: Attributes): Scaling | undefined {
  const suffix = `/${service.text("name")}`;
  const target = resources
    .all("aws_appautoscaling_target")
    .find(
      (candidate) =>
        candidate.text("scalable_dimension") === "ecs:service:DesiredCount" &&
        candidate.text("resource_id").endsWith(suffix),
    );
  return target && { minCount: target.number("min_capacity"), maxCount: target.number("max_capacity") };
}

/** Reads a task definition. @throws TerraformError or TwinError when a container is incomplete or depends on an unknown one */
export function readTask(definition: Attributes): TaskDefinition {
  return {
    family: definition.text("family"),
    revision: definition.number("revision"),
    cpu: definition.number("cpu"),
    memoryMiB: definition.number("memory"),
    containers: readContainers(definition),
  };
}
