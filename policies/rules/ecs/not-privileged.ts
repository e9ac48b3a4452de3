import { eachContainer } from "../../containers";
import { Rule } from "../../rule";

export const ecsNotPrivileged = new Rule({
  id: "ecs-not-privileged",
  severity: "error",
  types: ["aws_ecs_task_definition"],
  controls: ["ECS.4"],
  reason: "A privileged container is root on its host.",
  remedy: "Leave privileged out.",
  find: eachContainer("privileged", "not set", (value) => value === undefined || value === false),
});
