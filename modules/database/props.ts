import * as kind from "../core/kinds";
import { LOG_RETENTION_DAYS, type LogRetentionDays } from "../core/log-retention";
import { type DatabaseEngine } from "./engine-versions";
import { PARAMETER_VALUE, type ParameterValue } from "./parameters/value";
import { type DatabaseProxyProps, PROXY } from "./proxy/props";

/** What the database needs from a network, created by this package or not. */
export interface DatabaseNetwork {
  readonly vpcId: string;
  /** At least two subnets, in different zones. */
  readonly isolatedSubnetIds: readonly string[];
}

export const STORAGE_TYPES = ["gp3", "io2"] as const;
export type StorageType = (typeof STORAGE_TYPES)[number];

export const DATABASE_INSIGHTS_MODES = ["standard", "advanced"] as const;
export type DatabaseInsightsMode = (typeof DATABASE_INSIGHTS_MODES)[number];

/** Intervals of Enhanced Monitoring. Source: RDS API reference, CreateDBInstance.MonitoringInterval. */
const MONITORING_INTERVALS_SEC = [0, 1, 5, 10, 15, 30, 60] as const;

export interface DatabaseProps {
  /** Stem of all physical names, for example `messenger-crm-prod`. */
  readonly name: string;
  /** Network in whose isolated subnets the database runs. */
  readonly network: DatabaseNetwork;
  /**
   * Engine; both Aurora engines run on Serverless v2. Changing it replaces the database.
   * @default "postgres"
   */
  readonly engine?: DatabaseEngine | undefined;
  /**
   * A major version, for which AWS chooses the minor version, or an exact version. A new major version needs `allowMajorVersionUpgrade` and
   * `applyImmediately`, and takes the database offline for minutes.
   * @default "17", MySQL "8.4", Aurora MySQL "8.0"
   */
  readonly engineVersion?: string | undefined;
  /**
   * Identifier in AWS, at most 63 characters. Changing Aurora's replaces the cluster.
   * @default the name and `-db`
   */
  readonly identifier?: string | undefined;
  /**
   * Name of the first database. Changing it replaces the whole database, with its data.
   * @default "app"
   */
  readonly databaseName?: string | undefined;
  /**
   * Administrator, for migrations and people; apps sign in with IAM as users of their own. Changing it replaces the whole database.
   * @default "dbadmin"
   */
  readonly masterUsername?: string | undefined;
  /**
   * Customer managed key for the administrator's secret, whose password RDS generates and rotates every 7 days.
   * @default the key `aws/secretsmanager`
   */
  readonly masterUserSecretKmsKeyArn?: string | undefined;
  /**
   * TCP port, 1150 to 65535.
   * @default 5432, MySQL 3306
   */
  readonly port?: number | undefined;
  /**
   * Security groups that may connect, by the client's name: `{ service: service.securityGroupId }`. `allowFrom` adds more.
   * @default none
   */
  readonly allowedSecurityGroups?: Readonly<Record<string, string>> | undefined;
  /**
   * Customer managed key for storage, snapshots and Performance Insights. Changing it replaces the database.
   * @default the key `aws/rds`
   */
  readonly kmsKeyArn?: string | undefined;
  /**
   * Additional engine parameters (on Aurora, of the cluster parameter group). Names that PostgreSQL's version does not have are refused, and
   * misspelt ones of MySQL.
   * @default TLS is forced, and MySQL logs statements slower than a second
   */
  readonly parameters?: Readonly<Record<string, ParameterValue>> | undefined;
  /** Engine parameters that this package's tables of names do not have; their names are not checked. @default none */
  readonly uncheckedParameters?: Readonly<Record<string, ParameterValue>> | undefined;
  /**
   * Days for which the database can be restored to any second, 1 to 35.
   * @default 7
   */
  readonly backupRetentionDays?: number | undefined;
  /**
   * Time of the daily backup in UTC, at least 30 minutes.
   * @default "18:00-19:00", 03:00 in Tokyo
   */
  readonly backupWindow?: string | undefined;
  /**
   * Time of the weekly maintenance in UTC, at least 30 minutes and apart from the backup.
   * @default "sun:19:30-sun:20:30", Monday 04:30 in Tokyo
   */
  readonly maintenanceWindow?: string | undefined;
  /**
   * Whether AWS refuses to delete the database until this is switched off.
   * @default true
   */
  readonly deletionProtection?: boolean | undefined;
  /**
   * Whether to delete the database without a final snapshot. Otherwise the snapshot `<identifier>-final` remains and is billed.
   * @default false
   */
  readonly skipFinalSnapshot?: boolean | undefined;
  /** Whether automated backups go with the database; otherwise they remain and are billed. @default false */
  readonly deleteAutomatedBackups?: boolean | undefined;
  /**
   * Logs to send to CloudWatch Logs; slow query and general logs contain the text of statements.
   * @default postgresql and upgrade; Aurora PostgreSQL postgresql; MySQL error and slowquery
   */
  readonly logExports?: readonly string[] | undefined;
  /**
   * Days to keep the exported logs.
   * @default 30
   */
  readonly logRetentionDays?: LogRetentionDays | undefined;
  /**
   * Customer managed key for the exported logs; its policy must allow CloudWatch Logs to use it.
   * @default encryption with a key that AWS owns
   */
  readonly logsKmsKeyArn?: string | undefined;
  /**
   * Whether to record the load by statement with Performance Insights; 7 days of history are free.
   * @default true where the class supports it
   */
  readonly performanceInsights?: boolean | undefined;
  /**
   * Mode of CloudWatch Database Insights: `advanced` keeps 15 months of Performance Insights and is billed per vCPU.
   * @default "standard"
   */
  readonly databaseInsights?: DatabaseInsightsMode | undefined;
  /**
   * Seconds between two samples of operating system metrics: 0 (off), 1, 5, 10, 15, 30 or 60; billed as CloudWatch Logs.
   * @default 60
   */
  readonly enhancedMonitoringIntervalSec?: number | undefined;
  /**
   * Whether AWS installs minor versions in the maintenance window.
   * @default true
   */
  readonly autoMinorVersionUpgrade?: boolean | undefined;
  /**
   * Whether `engineVersion` may be changed to a new major version, which needs `applyImmediately`, too.
   * @default false
   */
  readonly allowMajorVersionUpgrade?: boolean | undefined;
  /**
   * Whether changes are applied immediately, including restarts, instead of in the maintenance window. A new major version needs it.
   * @default false
   */
  readonly applyImmediately?: boolean | undefined;
  /**
   * RDS Proxy for one database user: tasks share few connections, and a failover delays queries instead of disconnecting clients.
   * Billed per vCPU or ACU of the database, 8 ACU at least with Serverless v2.
   * @default none
   */
  readonly proxy?: DatabaseProxyProps | undefined;

  /**
   * RDS only: instance class.
   * @default "db.t4g.micro", about $37 a month in Tokyo with its standby
   */
  readonly instanceClass?: string | undefined;
  /**
   * RDS only: whether to run a standby in another zone, which takes over within a minute or two; doubles the price.
   * @default true
   */
  readonly multiAz?: boolean | undefined;
  /**
   * RDS only: initial storage in GiB. It can never shrink.
   * @default 20
   */
  readonly allocatedStorageGiB?: number | undefined;
  /**
   * RDS only: limit of storage autoscaling in GiB, at least 10 % above `allocatedStorageGiB`.
   * @default twice the allocated storage, at least 100 and at most 65,536; no autoscaling above 59,578
   */
  readonly maxAllocatedStorageGiB?: number | undefined;
  /**
   * RDS only: type of storage. `gp3` includes 3,000 IOPS and 125 MiB/s (12,000 and 500 from 400 GiB on); `io2` is for a constant high load.
   * @default "gp3"
   */
  readonly storageType?: StorageType | undefined;
  /**
   * RDS only: IOPS. Required with io2; with gp3 only from 400 GiB on.
   * @default what gp3 includes
   */
  readonly iops?: number | undefined;
  /**
   * RDS only: throughput of gp3 in MiB/s, only from 400 GiB on.
   * @default what gp3 includes
   */
  readonly throughputMiBps?: number | undefined;
  /**
   * RDS only: number of read replicas, 0 to 15. Each is a separate host, lags slightly, and costs an instance and its storage.
   * @default 0
   */
  readonly readReplicaCount?: number | undefined;
  /**
   * RDS only: instance class of the read replicas; a smaller one falls behind under load.
   * @default the class of the instance
   */
  readonly readReplicaClass?: string | undefined;
  /**
   * RDS only: zones of the read replicas, assigned in turn. Changing a replica's zone replaces the replica.
   * @default AWS chooses
   */
  readonly readReplicaZones?: readonly string[] | undefined;

  /**
   * Aurora only: minimum capacity of each instance in ACU (2 GiB of memory each): 0, or 0.5 to 256 in steps of 0.5. 0 pauses an
   * instance without connections, which never happens while an app keeps its pool open.
   * @default 0.5, about $55 a month in Tokyo for each instance
   */
  readonly minCapacityAcu?: number | undefined;
  /**
   * Aurora only: maximum capacity of each instance in ACU, 1 to 256 in steps of 0.5. It limits the bill.
   * @default 4
   */
  readonly maxCapacityAcu?: number | undefined;
  /**
   * Aurora only: number of instances, 1 to 16. All but one are readers, and a reader takes over when the writer fails.
   * @default 2
   */
  readonly instanceCount?: number | undefined;
}

export const PROPS: kind.Shape<DatabaseProps> = {
  name: kind.string,
  network: kind.looseObject<DatabaseNetwork>({ vpcId: kind.string, isolatedSubnetIds: kind.array(kind.string) }),
  engine: kind.string,
  engineVersion: kind.string,
  identifier: kind.string,
  databaseName: kind.string,
  masterUsername: kind.string,
  masterUserSecretKmsKeyArn: kind.string,
  port: kind.number,
  allowedSecurityGroups: kind.record(kind.string),
  kmsKeyArn: kind.string,
  parameters: kind.record(PARAMETER_VALUE),
  uncheckedParameters: kind.record(PARAMETER_VALUE),
  backupRetentionDays: kind.number,
  backupWindow: kind.string,
  maintenanceWindow: kind.string,
  deletionProtection: kind.boolean,
  skipFinalSnapshot: kind.boolean,
  deleteAutomatedBackups: kind.boolean,
  logExports: kind.array(kind.string),
  logRetentionDays: kind.oneOf(LOG_RETENTION_DAYS, "Use a value that CloudWatch Logs accepts."),
  logsKmsKeyArn: kind.string,
  performanceInsights: kind.boolean,
  databaseInsights: kind.literalOneOf(DATABASE_INSIGHTS_MODES, "Only these two modes exist."),
  enhancedMonitoringIntervalSec: kind.oneOf<number>(MONITORING_INTERVALS_SEC, "0 switches it off."),
  autoMinorVersionUpgrade: kind.boolean,
  allowMajorVersionUpgrade: kind.boolean,
  applyImmediately: kind.boolean,
  proxy: PROXY,
  instanceClass: kind.string,
  multiAz: kind.boolean,
  allocatedStorageGiB: kind.number,
  maxAllocatedStorageGiB: kind.number,
  storageType: kind.oneOf(STORAGE_TYPES, "gp2 and io1 are the previous generation and cost more for the same."),
  iops: kind.number,
  throughputMiBps: kind.number,
  readReplicaCount: kind.number,
  readReplicaClass: kind.string,
  readReplicaZones: kind.arrayOfKnownLength(kind.string),
  minCapacityAcu: kind.number,
  maxCapacityAcu: kind.number,
  instanceCount: kind.number,
};

/** Props that only RDS instances have. */
export const INSTANCE_PROPS = [
  "instanceClass",
  "multiAz",
  "allocatedStorageGiB",
  "maxAllocatedStorageGiB",
  "storageType",
  "iops",
  "throughputMiBps",
  "readReplicaCount",
  "readReplicaClass",
  "readReplicaZones",
] as const satisfies readonly (keyof DatabaseProps)[];
/** Props that only Aurora has. */
export const AURORA_PROPS = [
  "minCapacityAcu",
  "maxCapacityAcu",
  "instanceCount",
] as const satisfies readonly (keyof DatabaseProps)[];
