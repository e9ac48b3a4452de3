import { finding } from "../../finders";
import { Rule } from "../../rule";
import { blocksOfAddresses, isAllProtocols, isWorld, trafficOf } from "../../security-groups";

export const vpcInternetEgress = new Rule({
  id: "vpc-internet-egress",
  severity: "error",
  types: [
    "aws_security_group",
    "aws_default_security_group",
    "aws_vpc_security_group_egress_rule",
    "aws_security_group_rule",
  ],
  controls: [],
  reason: "With every port open to the world a task that is broken into can send data anywhere.",
  remedy: "Name the protocol and the port: 443 for AWS's APIs.",
  find: (resource) =>
    trafficOf(resource, "egress")
      .filter((traffic) => isAllProtocols(traffic) && blocksOfAddresses(traffic).some(isWorld))
      .map(({ prefix, body }) => {
        const name = "ip_protocol" in body ? "ip_protocol" : "protocol";
        return finding(`${prefix}${name}`, "one protocol and port when it goes to the world", body[name]);
      }),
});
