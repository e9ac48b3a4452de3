import { finding } from "../../finders";
import { Rule } from "../../rule";

export const vpcNoSecurityGroupRule = new Rule({
  id: "vpc-no-security-group-rule",
  severity: "error",
  types: ["aws_security_group_rule"],
  controls: [],
  reason: "Its changes do not show in a plan as what they are, and scanners pass over it.",
  remedy: "Use aws_vpc_security_group_ingress_rule and aws_vpc_security_group_egress_rule.",
  find: ({ type }) => [finding("type", "aws_vpc_security_group_ingress_rule or …_egress_rule", type)],
});
