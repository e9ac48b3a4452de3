import { eachContainer } from "../../containers";
import { Rule } from "../../rule";

export const ecsNotPrivileged = new Rule({
  id: "ecs-not-privileged",
  severity: "error",
  types: ["aws_ecs_task_definition"],
  controls: ["ECS.4"],
  reason: "A privileged container has root access to its host.",
  remedy: "Remove privileged from the container definition.",
  find: eachContainer("privileged", "not set", (value) => value === undefined || value === false),
});
