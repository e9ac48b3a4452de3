import { type WithDefaults } from "../core/props";
import { type DatabaseProps } from "./props";

/** Defaults for every engine; version, port and logs, which depend on the engine, are in its tables. */
export const databaseDefaults = {
  engine: "postgres",
  databaseName: "app",
  masterUsername: "dbadmin",
  backupRetentionDays: 7,
  backupWindow: "18:00-19:00",
  maintenanceWindow: "sun:19:30-sun:20:30",
  deletionProtection: true,
  skipFinalSnapshot: false,
  deleteAutomatedBackups: false,
  logRetentionDays: 30,
  databaseInsights: "standard",
  enhancedMonitoringIntervalSec: 60,
  autoMinorVersionUpgrade: true,
  allowMajorVersionUpgrade: false,
  applyImmediately: false,
} as const satisfies Partial<DatabaseProps>;

/** Defaults for RDS instances only. */
export const instanceDefaults = {
  instanceClass: "db.t4g.micro",
  multiAz: true,
  allocatedStorageGiB: 20,
  storageType: "gp3",
  readReplicaCount: 0,
} as const satisfies Partial<DatabaseProps>;

/** Defaults for Aurora only. */
export const auroraDefaults = {
  minCapacityAcu: 0.5,
  maxCapacityAcu: 4,
  instanceCount: 2,
} as const satisfies Partial<DatabaseProps>;

export type CompleteDatabaseProps = WithDefaults<DatabaseProps, typeof databaseDefaults>;
export type CompleteInstanceProps = WithDefaults<CompleteDatabaseProps, typeof instanceDefaults>;
export type CompleteAuroraProps = WithDefaults<CompleteDatabaseProps, typeof auroraDefaults>;
