import { containersOf } from "../../containers";
import { unless } from "../../finders";
import { type Resource } from "../../resource";
import { Rule } from "../../rule";
import { isTemplate, numberOf } from "../../template-text";

/** Returns the longest start timeout in seconds, such as that of a migration container that the others wait for. */
function longestStartTimeout(taskDefinition: Resource | undefined): number {
  const containers = taskDefinition ? containersOf(taskDefinition) : [];
  return Math.max(0, ...containers.map(({ startTimeout }) => numberOf(startTimeout) ?? 0));
}

export const ecsHealthGrace = new Rule({
  id: "ecs-health-grace",
  severity: "error",
  types: ["aws_ecs_service"],
  when: ({ body }) => body["load_balancer"] !== undefined,
  controls: [],
  reason: "Without a grace period, failing health checks stop tasks that are still starting, over and over.",
  remedy:
    "Set health_check_grace_period_seconds above the longest start-up, including the containers that the task waits for.",
  find: (service, configuration) => {
    const grace = service.value("health_check_grace_period_seconds");
    if (isTemplate(grace)) return [];
    const start = longestStartTimeout(configuration.referenced(service.value("task_definition"))[0]);
    return unless((numberOf(grace) ?? 0) > start, "health_check_grace_period_seconds", `more than ${start}`, grace);
  },
});
