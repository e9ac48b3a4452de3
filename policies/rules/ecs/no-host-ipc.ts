import { attribute } from "../../finders";
import { Rule } from "../../rule";

export const ecsNoHostIpc = new Rule({
  id: "ecs-no-host-ipc",
  severity: "error",
  types: ["aws_ecs_task_definition"],
  controls: [],
  reason: "A container in the host's IPC namespace reads the shared memory of others.",
  remedy: "Leave ipc_mode out.",
  find: attribute("ipc_mode", "not host", (value) => value !== "host"),
});
