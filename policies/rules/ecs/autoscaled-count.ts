import { finding } from "../../finders";
import { Rule } from "../../rule";
import { scalingTargetsOf } from "../../scaling";

export const ecsAutoscaledCount = new Rule({
  id: "ecs-autoscaled-count",
  severity: "error",
  types: ["aws_ecs_service"],
  when: (service, configuration) => scalingTargetsOf(service, configuration).length > 0,
  controls: [],
  reason: "Otherwise every apply resets the task count that autoscaling has set.",
  remedy: "Add desired_count to lifecycle.ignore_changes.",
  find: (service) => {
    const ignored = service.list("lifecycle.ignore_changes");
    if (!ignored || ignored.includes("desired_count") || ignored.includes("all")) return [];
    return [finding("lifecycle.ignore_changes", "desired_count", ignored)];
  },
});
