import { attribute } from "../../finders";
import { Rule } from "../../rule";
import { isOn } from "../../template-text";

export const elbAccessLogs = new Rule({
  id: "elb-access-logs",
  severity: "error",
  tiers: ["production"],
  types: ["aws_lb"],
  controls: ["ELB.5"],
  reason: "Without access logs, an attack cannot be traced afterwards.",
  remedy: "Enable access_logs with an S3 bucket.",
  find: attribute("access_logs.enabled", "true", isOn),
});
