import { finding } from "../../finders";
import { Rule } from "../../rule";

export const vpcNoSecurityGroupRule = new Rule({
  id: "vpc-no-security-group-rule",
  severity: "error",
  types: ["aws_security_group_rule"],
  controls: [],
  reason: "Plans show changes of this older resource type poorly, and scanners ignore it.",
  remedy: "Use aws_vpc_security_group_ingress_rule and aws_vpc_security_group_egress_rule.",
  find: ({ type }) => [finding("type", "aws_vpc_security_group_ingress_rule or …_egress_rule", type)],
});
