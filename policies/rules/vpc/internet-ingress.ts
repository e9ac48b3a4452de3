import { type Configuration } from "../../configuration";
import { finding } from "../../finders";
import { Rule } from "../../rule";
import {
  blocksOfAddresses,
  groupOf,
  isPort,
  isWorld,
  redirectsToHttps,
  trafficOf,
  type Traffic,
} from "../../security-groups";
import { numberOf } from "../../template-text";

function isEntrance(traffic: Traffic, configuration: Configuration): boolean {
  const group = groupOf(traffic, configuration);
  // A group of another state may well be a load balancer's: its port is all that can be judged.
  if (!group) return traffic.resource.type !== "aws_default_security_group" && isPort(traffic, 443);
  const balancers = configuration.pointingAt(group, "aws_lb", "security_groups");
  if (balancers.length === 0) return false;
  if (isPort(traffic, 443)) return true;
  const listeners = balancers
    .flatMap((balancer) => configuration.pointingAt(balancer, "aws_lb_listener", "load_balancer_arn"))
    .filter((listener) => numberOf(listener.value("port")) === 80);
  return isPort(traffic, 80) && listeners.every(redirectsToHttps);
}

export const vpcInternetIngress = new Rule({
  id: "vpc-internet-ingress",
  severity: "error",
  types: [
    "aws_security_group",
    "aws_default_security_group",
    "aws_vpc_security_group_ingress_rule",
    "aws_security_group_rule",
  ],
  controls: ["EC2.13", "EC2.14", "EC2.18", "EC2.19", "EC2.53", "EC2.54"],
  reason: "What the internet reaches is attacked; only the load balancer is made for it.",
  remedy: "Let the world in on 443 of a load balancer alone, and on 80 only to be sent on to HTTPS.",
  find: (resource, configuration) =>
    trafficOf(resource, "ingress")
      .filter((traffic) => blocksOfAddresses(traffic).some(isWorld) && !isEntrance(traffic, configuration))
      .map(({ prefix, body }) =>
        finding(
          `${prefix}from_port`,
          "443 of a load balancer, or 80 that redirects to HTTPS",
          body["from_port"] ?? "all ports",
        ),
      ),
});
