import { finding } from "../../finders";
import { Rule } from "../../rule";
import { cidrBlocksOf, isAllProtocols, isWholeInternet, trafficOf } from "../../security-groups";

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
  reason: "With all ports open to the internet, a compromised task can send data anywhere.",
  remedy: "Restrict the rule to one protocol and port, such as TCP 443 for AWS APIs.",
  find: (resource) =>
    trafficOf(resource, "egress")
      .filter((traffic) => isAllProtocols(traffic) && cidrBlocksOf(traffic).some(isWholeInternet))
      .map(({ prefix, body }) => {
        const name = "ip_protocol" in body ? "ip_protocol" : "protocol";
        return finding(`${prefix}${name}`, "one protocol and port for traffic to the internet", body[name]);
      }),
});
