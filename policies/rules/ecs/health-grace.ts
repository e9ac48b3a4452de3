import { containersOf } from "../../containers";
import { unless } from "../../finders";
import { type Resource } from "../../resource";
import { Rule } from "../../rule";
import { isTemplate, numberOf } from "../../template-text";

/** Seconds that a task may spend on containers, such as a migration, that others wait for. */
function longestStart(taskDefinition: Resource | undefined): number {
  const containers = taskDefinition ? containersOf(taskDefinition) : [];
  return Math.max(0, ...containers.map(({ startTimeout }) => numberOf(startTimeout) ?? 0));
}

export const ecsHealthGrace = new Rule({
  id: "ecs-health-grace",
  severity: "error",
  types: ["aws_ecs_service"],
  when: ({ body }) => body["load_balancer"] !== undefined,
  controls: [],
  reason: "Without it the load balancer's checks kill a task that is still starting, for ever.",
  remedy: "Set health_check_grace_period_seconds above the longest start, that of containers it waits for included.",
  find: (service, configuration) => {
    const grace = service.value("health_check_grace_period_seconds");
    if (isTemplate(grace)) return [];
    const start = longestStart(configuration.referenced(service.value("task_definition"))[0]);
    return unless((numberOf(grace) ?? 0) > start, "health_check_grace_period_seconds", `more than ${start}`, grace);
  },
});
