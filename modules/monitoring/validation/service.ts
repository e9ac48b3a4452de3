import { type Checks, formatValue } from "../../core/checks";
import { isUnresolved } from "../../core/tokens";
import { type MonitoredService } from "../monitored/service/props";

const UNKNOWN = "Omit it if it is not known.";

export function checkService(checks: Checks, service: MonitoredService): void {
  checks.required("service.clusterName", service.clusterName, "Without it the alarms would have no metric.");
  checks.required("service.serviceName", service.serviceName, "Without it the alarms would have no metric.");
  checks.literalBoolean("service.containerInsights", service.containerInsights);
  const range = { min: 0, max: 5000, unit: "tasks" };
  checks.integer("service.minCount", service.minCount, range, "Set the fewest tasks that should run.");
  checks.integer("service.maxCount", service.maxCount, range, UNKNOWN);
  checks.integer("service.connectionsPerTask", service.connectionsPerTask, { min: 1, max: 1_000_000 }, UNKNOWN);
  const percent = { min: 1, max: 100, unit: "percent" };
  checks.integer("service.targetCpuPercent", service.targetCpuPercent, percent, UNKNOWN);
  checks.integer("service.targetMemoryPercent", service.targetMemoryPercent, percent, UNKNOWN);
  checks.integer("service.maximumPercent", service.maximumPercent, { min: 100, max: 1000, unit: "percent" }, UNKNOWN);
  checks.require(!isUnresolved(service.maximumPercent), {
    code: "core/literal-required",
    prop: "service.maximumPercent",
    expected: "a literal number",
    got: formatValue(service.maximumPercent),
    remedy: UNKNOWN,
  });
}
