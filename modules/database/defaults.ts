import { type DatabaseProps } from "./props";
import { type DatabaseProxyProps } from "./proxy/props";

/** For every engine. What depends on the engine (version, port, logs) is in its table. */
export const databaseDefaults = {
  engine: "postgres",
  databaseName: "app",
  masterUsername: "dbadmin",
  backupRetentionDays: 7,
  backupWindow: "18:00-19:00",
  maintenanceWindow: "sun:19:30-sun:20:30",
  deletionProtection: true,
  skipFinalSnapshot: false,
  logRetentionDays: 30,
  databaseInsights: "standard",
  enhancedMonitoringIntervalSec: 60,
  autoMinorVersionUpgrade: true,
  allowMajorVersionUpgrade: false,
  applyImmediately: false,
} as const satisfies Partial<DatabaseProps>;

/** For RDS instances alone. */
export const instanceDefaults = {
  instanceClass: "db.t4g.micro",
  multiAz: true,
  allocatedStorageGiB: 20,
  storageType: "gp3",
  readReplicaCount: 0,
} as const satisfies Partial<DatabaseProps>;

/** For Aurora alone. */
export const auroraDefaults = {
  minCapacityAcu: 0.5,
  maxCapacityAcu: 4,
  instanceCount: 2,
} as const satisfies Partial<DatabaseProps>;

/** For the proxy alone. */
export const proxyDefaults = {
  maxConnectionsPercent: 90,
  borrowTimeoutSec: 30,
  idleClientTimeoutSec: 1800,
} as const satisfies Partial<DatabaseProxyProps>;
