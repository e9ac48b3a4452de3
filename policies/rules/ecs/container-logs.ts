import { eachContainer } from "../../containers";
import { isObject } from "../../resource";
import { Rule } from "../../rule";

export const ecsContainerLogs = new Rule({
  id: "ecs-container-logs",
  severity: "error",
  types: ["aws_ecs_task_definition"],
  controls: ["ECS.9"],
  reason: "Without logs, a container's failure cannot be investigated.",
  remedy: "Set logConfiguration in every container.",
  find: eachContainer("logConfiguration", "a log driver", isObject),
});
