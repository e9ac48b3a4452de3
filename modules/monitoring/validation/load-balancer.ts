import { type Checks } from "../../core/checks";
import { type MonitoredLoadBalancer } from "../monitored/load-balancer/props";
import { checkAlarmKey } from "./names";

export function checkLoadBalancer(checks: Checks, loadBalancer: MonitoredLoadBalancer): void {
  const { loadBalancerArnSuffix, targets, longestHeldRequestSec } = loadBalancer;
  const balancer = "loadBalancer.loadBalancerArnSuffix";
  const remedy = "Take the attribute arn_suffix, not the ARN: CloudWatch knows no metric by the ARN.";
  if (checks.required(balancer, loadBalancerArnSuffix, remedy)) {
    checks.matches(balancer, loadBalancerArnSuffix, /^app\/[^/]+\/[0-9a-f]+$/, "app/name/id", remedy);
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
    );
  }
  const held = "The ping interval with long-polling, else 0.";
  checks.integer(
    "loadBalancer.longestHeldRequestSec",
    longestHeldRequestSec,
    { min: 0, max: 4000, unit: "seconds" },
    held,
  );
}
