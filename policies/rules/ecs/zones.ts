import { Rule } from "../../rule";
import { twoZones } from "../../zones";

export const ecsZones = new Rule({
  id: "ecs-zones",
  severity: "error",
  types: ["aws_ecs_service"],
  controls: [],
  reason: "Tasks in one zone go down with it.",
  remedy: "Pass subnets of two availability zones or more.",
  find: (service, configuration) => twoZones(service, "network_configuration.subnets", configuration),
});
