import { attribute } from "../../finders";
import { Rule } from "../../rule";
import { isOn } from "../../template-text";

export const ecsNoPublicIp = new Rule({
  id: "ecs-no-public-ip",
  severity: "error",
  types: ["aws_ecs_service"],
  controls: ["ECS.2"],
  reason: "A task with a public IP address is exposed to the internet by a single wrong security group rule.",
  remedy: "Set assign_public_ip to false and run tasks in private subnets with NAT gateways or VPC endpoints.",
  find: attribute("network_configuration.assign_public_ip", "false", (value) => !isOn(value)),
});
