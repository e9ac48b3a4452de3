import { type Checks } from "../../core/checks";
import { type MonitoredLoadBalancer } from "../monitored/load-balancer/props";
import { checkAlarmKey } from "./names";

export function checkLoadBalancer(checks: Checks, loadBalancer: MonitoredLoadBalancer): void {
  const { loadBalancerArnSuffix, targets, longestHeldRequestSec } = loadBalancer;
  const balancer = "loadBalancer.loadBalancerArnSuffix";
  const remedy = "Use the attribute arn_suffix, not the ARN: CloudWatch identifies metrics by the suffix.";
  if (checks.required(balancer, loadBalancerArnSuffix, remedy)) {
    checks.matches(
      balancer,
      loadBalancerArnSuffix,
      /^app\/[^/]+\/[0-9a-f]+$/,
      "app/name/id",
      remedy,
      "monitoring/arn-suffix",
    );
  }
  const entries = Object.entries(targets ?? {});
  checks.count(
    "loadBalancer.targets",
    entries.map(([name]) => name),
    { min: 1, max: 20 },
    "Name at least one target group.",
  );
  for (const [name, suffix] of entries) {
    checkAlarmKey(checks, `loadBalancer.targets.${name}`, name);
    checks.matches(
      `loadBalancer.targets.${name}`,
      suffix,
      /^targetgroup\/[^/]+\/[0-9a-f]+$/,
      "targetgroup/name/id",
      remedy,
      "monitoring/arn-suffix",
    );
  }
  const held = "Use the ping interval with long-polling, else 0.";
  checks.integer(
    "loadBalancer.longestHeldRequestSec",
    longestHeldRequestSec,
    { min: 0, max: 4000, unit: "seconds" },
    held,
  );
}
