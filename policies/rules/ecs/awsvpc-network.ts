import { attribute } from "../../finders";
import { Rule } from "../../rule";

export const ecsAwsvpcNetwork = new Rule({
  id: "ecs-awsvpc-network",
  severity: "error",
  types: ["aws_ecs_task_definition"],
  controls: ["ECS.1", "ECS.17"],
  reason: "Only awsvpc gives each task its own network interface and security groups.",
  remedy: "Set network_mode to awsvpc.",
  find: attribute("network_mode", "awsvpc", (value) => value === "awsvpc"),
});
