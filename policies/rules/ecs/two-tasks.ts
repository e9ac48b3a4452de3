import { unless } from "../../finders";
import { Rule, type Finding } from "../../rule";
import { scalingTargetsOf } from "../../scaling";
import { isTemplate, numberOf } from "../../template-text";

function atLeastTwo(attribute: string, value: unknown): Finding[] {
  return unless(isTemplate(value) || (numberOf(value) ?? 1) >= 2, attribute, "at least 2", value);
}

export const ecsTwoTasks = new Rule({
  id: "ecs-two-tasks",
  severity: "error",
  tiers: ["production"],
  types: ["aws_ecs_service"],
  when: ({ body }) => body["scheduling_strategy"] !== "DAEMON",
  controls: [],
  reason: "With one task, every task failure and every failed deployment is an outage.",
  remedy: "Set desired_count, or the autoscaling target's min_capacity, to 2 or more.",
  find: (service, configuration) => {
    const [target] = scalingTargetsOf(service, configuration);
    return target
      ? atLeastTwo("aws_appautoscaling_target.min_capacity", target.value("min_capacity"))
      : atLeastTwo("desired_count", service.value("desired_count"));
  },
});
