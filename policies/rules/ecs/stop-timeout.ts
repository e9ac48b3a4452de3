import { eachContainer } from "../../containers";
import { type Resource } from "../../resource";
import { Rule } from "../../rule";
import { numberOf } from "../../template-text";

function isFargate(taskDefinition: Resource): boolean {
  return taskDefinition.list("requires_compatibilities")?.includes("FARGATE") ?? true;
}

export const ecsStopTimeout = new Rule({
  id: "ecs-stop-timeout",
  severity: "error",
  types: ["aws_ecs_task_definition"],
  controls: [],
  reason:
    "A task without time to drain drops its connections; Fargate waits at most 120 s. Source: ECS API reference, ContainerDefinition.",
  remedy: "Set stopTimeout to the seconds that draining takes, at most 120.",
  find: (taskDefinition, configuration) =>
    eachContainer("stopTimeout", "a number of seconds, at most 120 on Fargate", (value) => {
      const seconds = numberOf(value);
      return seconds !== undefined && seconds > 0 && (!isFargate(taskDefinition) || seconds <= 120);
    })(taskDefinition, configuration),
});
