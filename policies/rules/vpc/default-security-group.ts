import { finding } from "../../finders";
import { Rule } from "../../rule";

export const vpcDefaultSecurityGroup = new Rule({
  id: "vpc-default-security-group",
  severity: "error",
  types: ["aws_vpc"],
  controls: ["EC2.2"],
  reason: "Resources created without a security group get the default one, whose members can reach each other.",
  remedy: "Add an aws_default_security_group without rules.",
  find: (vpc, configuration) => {
    const groups = configuration.pointingAt(vpc, "aws_default_security_group", "vpc_id");
    if (groups.length === 0) return [finding("aws_default_security_group", "one without rules", undefined)];
    return groups.flatMap((group) =>
      (["ingress", "egress"] as const)
        .filter((direction) => (group.blocks(direction) ?? []).length > 0)
        .map((direction) =>
          finding(`aws_default_security_group.${direction}`, "no rule", group.blocks(direction)?.length),
        ),
    );
  },
});
