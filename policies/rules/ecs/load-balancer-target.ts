import { containersOf } from "../../containers";
import { finding } from "../../finders";
import { blocksOf, type JsonObject } from "../../resource";
import { Rule, type Finding } from "../../rule";
import { isTemplate, numberOf } from "../../template-text";

function targetFindings(target: JsonObject, containers: readonly JsonObject[]): Finding[] {
  const { container_name: name, container_port: port } = target;
  if (isTemplate(name)) return [];
  const container = containers.find((one) => one["name"] === name);
  if (!container) return [finding("load_balancer.container_name", "a container of the task definition", name)];
  const ports = (blocksOf(container["portMappings"]) ?? []).map(({ containerPort }) => containerPort);
  const known = isTemplate(port) || ports.some((one) => isTemplate(one) || numberOf(one) === numberOf(port));
  return known
    ? []
    : [finding("load_balancer.container_port", `one of the container's ports (${ports.join(", ")})`, port)];
}

export const ecsLoadBalancerTarget = new Rule({
  id: "ecs-load-balancer-target",
  severity: "error",
  types: ["aws_ecs_service"],
  when: ({ body }) => body["load_balancer"] !== undefined,
  controls: [],
  reason: "The provider accepts a container or port that does not exist, and the deployment never becomes healthy.",
  remedy: "Set container_name and container_port to a container of the task definition and one of its ports.",
  find: (service, configuration) => {
    const [taskDefinition] = configuration.referenced(service.value("task_definition"));
    const containers = taskDefinition ? containersOf(taskDefinition) : [];
    if (containers.length === 0) return [];
    return (service.blocks("load_balancer") ?? []).flatMap((target) => targetFindings(target, containers));
  },
});
