import { all, attribute } from "../../finders";
import { Rule } from "../../rule";
import { numberOf } from "../../template-text";

export const ecsRollingPercent = new Rule({
  id: "ecs-rolling-percent",
  severity: "error",
  types: ["aws_ecs_service"],
  controls: [],
  reason:
    "Below a minimum of 100 % a deployment drops connections before new tasks can accept them; below a maximum of 200 % a service with one task cannot be replaced.",
  remedy: "Set deployment_minimum_healthy_percent to 100 and deployment_maximum_percent to 200 or more.",
  find: all(
    attribute(
      "deployment_minimum_healthy_percent",
      "100",
      (value) => value === undefined || (numberOf(value) ?? 0) >= 100,
    ),
    attribute(
      "deployment_maximum_percent",
      "at least 200",
      (value) => value === undefined || (numberOf(value) ?? 0) >= 200,
    ),
  ),
});
