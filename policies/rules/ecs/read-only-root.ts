import { eachContainer } from "../../containers";
import { Rule } from "../../rule";

export const ecsReadOnlyRoot = new Rule({
  id: "ecs-read-only-root",
  severity: "error",
  types: ["aws_ecs_task_definition"],
  controls: ["ECS.5"],
  reason: "With a writable root filesystem, an attacker can install tools and persist.",
  remedy: "Set readonlyRootFilesystem to true and mount a volume where the application writes.",
  find: eachContainer("readonlyRootFilesystem", "true", (value) => value === true),
});
