import { unless } from "../../finders";
import { Rule } from "../../rule";
import { scalingTargetsOf } from "../../scaling";
import { isTemplate } from "../../template-text";

export const ecsScalingTarget = new Rule({
  id: "ecs-scaling-target",
  severity: "error",
  types: ["aws_appautoscaling_target"],
  when: ({ body }) => body["service_namespace"] === "ecs" || isTemplate(body["service_namespace"]),
  controls: [],
  reason: "A scaling target that references no service silently scales nothing.",
  remedy: "Set resource_id to service/<cluster>/<service>.",
  find: (target, configuration) => {
    const id = target.value("resource_id");
    const services = configuration.resources("aws_ecs_service");
    const mayBe = isTemplate(id) && configuration.referenced(id).length === 0;
    const found = mayBe || services.some((service) => scalingTargetsOf(service, configuration).includes(target));
    return unless(found, "resource_id", "a service of this stack", id);
  },
});
