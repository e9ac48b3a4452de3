import { attribute } from "../../finders";
import { Rule } from "../../rule";

export const ecsNoHostIpc = new Rule({
  id: "ecs-no-host-ipc",
  severity: "error",
  types: ["aws_ecs_task_definition"],
  controls: [],
  reason: "A container in the host's IPC namespace can read other processes' shared memory.",
  remedy: "Remove ipc_mode from the task definition.",
  find: attribute("ipc_mode", "not host", (value) => value !== "host"),
});
