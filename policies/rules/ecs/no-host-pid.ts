import { attribute } from "../../finders";
import { Rule } from "../../rule";

export const ecsNoHostPid = new Rule({
  id: "ecs-no-host-pid",
  severity: "error",
  types: ["aws_ecs_task_definition"],
  controls: ["ECS.3"],
  reason: "A container in the host's process namespace can see and signal every process.",
  remedy: "Remove pid_mode from the task definition.",
  find: attribute("pid_mode", "not host", (value) => value !== "host"),
});
