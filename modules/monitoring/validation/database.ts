import { type Checks, formatValue } from "../../core/checks";
import { isUnresolved } from "../../core/tokens";
import { type MonitoredDatabase, type MonitoredProxy } from "../monitored/database/props";

export function checkDatabase(checks: Checks, database: MonitoredDatabase): void {
  const { identifier, isCluster, allocatedStorageGiB, maxAllocatedStorageGiB, memoryGiB, maxConnections } = database;
  checks.literalBoolean("database.isCluster", isCluster);
  checks.literalBoolean("database.performanceInsights", database.performanceInsights);
  if (database.proxy) checkProxy(checks, database.proxy);
  checks.required("database.identifier", identifier, "Without it the alarms would have no metric.");
  const storage = { min: 1, max: 65_536, unit: "GiB" };
  checks.integer("database.allocatedStorageGiB", allocatedStorageGiB, storage, "Omit it if it is not known.");
  checks.integer("database.maxAllocatedStorageGiB", maxAllocatedStorageGiB, storage, "Omit it if it does not grow.");
  checks.require(memoryGiB === undefined || isUnresolved(memoryGiB) || memoryGiB > 0, {
    code: "core/out-of-range",
    prop: "database.memoryGiB",
    expected: "more than 0 GiB",
    got: formatValue(memoryGiB),
    remedy: "Omit it if it is not known.",
  });
  const connections = { min: 1, max: 262_143 };
  checks.integer("database.maxConnections", maxConnections, connections, "Omit it if it is not known.");
}

function checkProxy(checks: Checks, { proxyName, borrowTimeoutSec }: MonitoredProxy): void {
  checks.required("database.proxy.proxyName", proxyName, "Without it the alarms would have no metric.");
  const range = { min: 0, max: 300, unit: "seconds" };
  checks.integer("database.proxy.borrowTimeoutSec", borrowTimeoutSec, range, "Omit it if it is not known.");
}
