import { unless } from "../../finders";
import { Rule } from "../../rule";
import { numberOf } from "../../template-text";

export const ecsScalingBounds = new Rule({
  id: "ecs-scaling-bounds",
  severity: "error",
  types: ["aws_appautoscaling_target"],
  controls: [],
  reason: "The provider accepts a minimum above the maximum, but AWS rejects it in the middle of an apply.",
  remedy: "Set min_capacity to max_capacity or less.",
  find: (target) => {
    const min = numberOf(target.value("min_capacity"));
    const max = numberOf(target.value("max_capacity"));
    return unless(
      min === undefined || max === undefined || min <= max,
      "min_capacity",
      `at most max_capacity (${max})`,
      min,
    );
  },
});
