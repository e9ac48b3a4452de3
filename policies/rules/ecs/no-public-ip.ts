import { attribute } from "../../finders";
import { Rule } from "../../rule";
import { isOn } from "../../template-text";

export const ecsNoPublicIp = new Rule({
  id: "ecs-no-public-ip",
  severity: "error",
  types: ["aws_ecs_service"],
  controls: ["ECS.2"],
  reason: "A task with a public address is one wrong security group away from the internet.",
  remedy: "Run tasks in private subnets behind NAT gateways or endpoints.",
  find: attribute("network_configuration.assign_public_ip", "false", (value) => !isOn(value)),
});
