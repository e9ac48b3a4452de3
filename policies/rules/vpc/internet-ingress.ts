import { type Configuration } from "../../configuration";
import { finding } from "../../finders";
import { Rule } from "../../rule";
import {
  cidrBlocksOf,
  groupOf,
  isPort,
  isWholeInternet,
  redirectsToHttps,
  trafficOf,
  type Traffic,
} from "../../security-groups";
import { numberOf } from "../../template-text";

function isEntrance(traffic: Traffic, configuration: Configuration): boolean {
  const group = groupOf(traffic, configuration);
  // A security group of another state may belong to a load balancer, so only the port can be checked.
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
  reason: "Everything that is reachable from the internet is attacked; only the load balancer should be.",
  remedy: "Allow the internet only to port 443 of a load balancer, and to port 80 only if it redirects to HTTPS.",
  find: (resource, configuration) =>
    trafficOf(resource, "ingress")
      .filter((traffic) => cidrBlocksOf(traffic).some(isWholeInternet) && !isEntrance(traffic, configuration))
      .map(({ prefix, body }) =>
        finding(
          `${prefix}from_port`,
          "port 443 of a load balancer, or port 80 that redirects to HTTPS",
          body["from_port"] ?? "all ports",
        ),
      ),
});
