import { attribute } from "../../finders";
import { Rule } from "../../rule";
import { isOn } from "../../template-text";

export const elbDeletionProtection = new Rule({
  id: "elb-deletion-protection",
  severity: "error",
  tiers: ["production"],
  types: ["aws_lb"],
  controls: ["ELB.6"],
  reason: "A deleted load balancer takes its DNS name, and with it every client, along.",
  remedy: "Set enable_deletion_protection.",
  find: attribute("enable_deletion_protection", "true", isOn),
});
