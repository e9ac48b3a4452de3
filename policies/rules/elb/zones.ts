import { Rule } from "../../rule";
import { twoZones } from "../../zones";

export const elbZones = new Rule({
  id: "elb-zones",
  severity: "error",
  types: ["aws_lb"],
  when: ({ body }) => body["subnet_mapping"] === undefined,
  controls: ["ELB.13"],
  reason: "If the load balancer is in one zone, a zone failure takes the service offline.",
  remedy: "Use subnets in at least two availability zones.",
  find: (balancer, configuration) => twoZones(balancer, "subnets", configuration),
});
