import { eachContainer } from "../../containers";
import { Rule } from "../../rule";

export const ecsReadOnlyRoot = new Rule({
  id: "ecs-read-only-root",
  severity: "error",
  types: ["aws_ecs_task_definition"],
  controls: ["ECS.5"],
  reason: "An intruder who cannot write, cannot stay.",
  remedy: "Set readonlyRootFilesystem and mount a volume where the app has to write.",
  find: eachContainer("readonlyRootFilesystem", "true", (value) => value === true),
});
