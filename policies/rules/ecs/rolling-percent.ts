import { all, attribute } from "../../finders";
import { Rule } from "../../rule";
import { numberOf } from "../../template-text";

export const ecsRollingPercent = new Rule({
  id: "ecs-rolling-percent",
  severity: "error",
  types: ["aws_ecs_service"],
  controls: [],
  reason:
    "Below 100 % a deploy drops connections before others can take them; below 200 % a service of one cannot be replaced at all.",
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
