import { attribute } from "../../finders";
import { Rule } from "../../rule";
import { isOn } from "../../template-text";

export const ecsNoExec = new Rule({
  id: "ecs-no-exec",
  severity: "error",
  tiers: ["production"],
  types: ["aws_ecs_service"],
  controls: [],
  reason: "A shell in a production task bypasses review, IAM roles and logs.",
  remedy: "Set enable_execute_command to false; debug in development, and use logs and metrics in production.",
  find: attribute("enable_execute_command", "false", (value) => !isOn(value)),
});
