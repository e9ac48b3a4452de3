import { eachContainer } from "../../containers";
import { isSet } from "../../finders";
import { Rule } from "../../rule";

export const ecsNonRootUser = new Rule({
  id: "ecs-non-root-user",
  severity: "error",
  types: ["aws_ecs_task_definition"],
  controls: ["ECS.20"],
  reason: "An attacker who escapes from a root process has root privileges.",
  remedy: "Set user to a numeric user id above 0.",
  find: eachContainer(
    "user",
    "a user that is not root",
    (value) => isSet(value) && !/^(0|root)(:|$)/.test(String(value)),
  ),
});
