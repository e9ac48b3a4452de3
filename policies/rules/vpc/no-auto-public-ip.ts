import { attribute } from "../../finders";
import { Rule } from "../../rule";
import { isOn } from "../../template-text";

export const vpcNoAutoPublicIp = new Rule({
  id: "vpc-no-auto-public-ip",
  severity: "error",
  types: ["aws_subnet"],
  controls: ["EC2.15"],
  reason: "Nothing of ours needs it: load balancers and NAT gateways bring addresses of their own.",
  remedy: "Leave map_public_ip_on_launch off.",
  find: attribute("map_public_ip_on_launch", "false", (value) => !isOn(value)),
});
