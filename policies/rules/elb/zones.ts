import { Rule } from "../../rule";
import { twoZones } from "../../zones";

export const elbZones = new Rule({
  id: "elb-zones",
  severity: "error",
  types: ["aws_lb"],
  when: ({ body }) => body["subnet_mapping"] === undefined,
  controls: ["ELB.13"],
  reason: "A load balancer in one zone goes down with it.",
  remedy: "Pass subnets of two availability zones or more.",
  find: (balancer, configuration) => twoZones(balancer, "subnets", configuration),
});
