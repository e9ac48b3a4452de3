import { type Checks } from "../../core/checks";
import { type MonitoredService } from "../monitored/service/props";

export function checkService(checks: Checks, service: MonitoredService): void {
  checks.required("service.clusterName", service.clusterName, "Without it the alarms would have no metric.");
  checks.required("service.serviceName", service.serviceName, "Without it the alarms would have no metric.");
  checks.literalBoolean("service.containerInsights", service.containerInsights);
  const range = { min: 1, max: 5000, unit: "tasks" };
  checks.integer("service.minimumTaskCount", service.minimumTaskCount, range, "Set the fewest tasks that should run.");
}
