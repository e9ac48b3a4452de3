import { Rule } from "../../rule";
import { twoZones } from "../../zones";

export const ecsZones = new Rule({
  id: "ecs-zones",
  severity: "error",
  types: ["aws_ecs_service"],
  controls: [],
  reason: "If all tasks are in one zone, a zone failure stops the service.",
  remedy: "Use subnets in at least two availability zones.",
  find: (service, configuration) => twoZones(service, "network_configuration.subnets", configuration),
});
