import { attribute } from "../../finders";
import { Rule } from "../../rule";
import { isOn } from "../../template-text";

export const elbDeletionProtection = new Rule({
  id: "elb-deletion-protection",
  severity: "error",
  tiers: ["production"],
  types: ["aws_lb"],
  controls: ["ELB.6"],
  reason: "Deleting the load balancer also removes its DNS name, so every client loses its connection.",
  remedy: "Set enable_deletion_protection to true.",
  find: attribute("enable_deletion_protection", "true", isOn),
});
