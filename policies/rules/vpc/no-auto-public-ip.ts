import { attribute } from "../../finders";
import { Rule } from "../../rule";
import { isOn } from "../../template-text";

export const vpcNoAutoPublicIp = new Rule({
  id: "vpc-no-auto-public-ip",
  severity: "error",
  types: ["aws_subnet"],
  controls: ["EC2.15"],
  reason: "Nothing needs automatic public addresses: load balancers and NAT gateways have their own.",
  remedy: "Set map_public_ip_on_launch to false.",
  find: attribute("map_public_ip_on_launch", "false", (value) => !isOn(value)),
});
