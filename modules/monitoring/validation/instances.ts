import { type Checks } from "../../core/checks";
import { type MonitoredInstances } from "../monitored/instances/props";
import { METRIC_NAMESPACE, METRIC_NAMESPACE_RULE } from "./metric-names";

const UNKNOWN = "Omit it if it is not known.";

export function checkInstances(checks: Checks, instances: MonitoredInstances): void {
  const { autoScalingGroupName, metricsNamespace, minCount, maxCount } = instances;
  const { connectionsPerProcess, targetCpuPercent } = instances;
  const group = "instances.autoScalingGroupName";
  checks.required(group, autoScalingGroupName, "Without it the alarms would have no metric.");
  const remedy = "Pass the namespace of the CloudWatch agent's configuration.";
  const namespace = "instances.metricsNamespace";
  checks.matches(namespace, metricsNamespace, METRIC_NAMESPACE, METRIC_NAMESPACE_RULE, remedy, "monitoring/namespace");
  const range = { min: 0, max: 5000, unit: "instances" };
  checks.integer("instances.minCount", minCount, range, "Set the fewest instances that should be in service.");
  checks.integer("instances.maxCount", maxCount, range, UNKNOWN);
  checks.integer("instances.connectionsPerProcess", connectionsPerProcess, { min: 1, max: 1_000_000 }, UNKNOWN);
  checks.integer("instances.targetCpuPercent", targetCpuPercent, { min: 1, max: 100, unit: "percent" }, UNKNOWN);
}
