import * as kind from "../core/kinds";
import { LOG_RETENTION_DAYS, type LogRetentionDays } from "../core/log-retention";
import { type DatabaseEngine } from "./engine-versions";
import { type DatabaseProxyProps, PROXY } from "./proxy/props";

/** What the database needs of a network, ours or one that exists already. */
export interface DatabaseNetwork {
  readonly vpcId: string;
  /** At least two subnets, in different zones. */
  readonly isolatedSubnetIds: readonly string[];
}

export const APPLY_METHODS = ["immediate", "pending-reboot"] as const;

/** The value of an engine parameter, applied at the next restart unless `applyMethod` says otherwise. */
export type ParameterValue = string | { readonly value: string; readonly applyMethod: (typeof APPLY_METHODS)[number] };

export const STORAGE_TYPES = ["gp3", "io2"] as const;
export type StorageType = (typeof STORAGE_TYPES)[number];

export const DATABASE_INSIGHTS_MODES = ["standard", "advanced"] as const;
export type DatabaseInsightsMode = (typeof DATABASE_INSIGHTS_MODES)[number];

/** Intervals of Enhanced Monitoring. Source: RDS API reference, CreateDBInstance.MonitoringInterval. */
const MONITORING_INTERVALS_SEC = [0, 1, 5, 10, 15, 30, 60] as const;

export interface DatabaseProps {
  /** Stem of all physical names in here, for example `messenger-crm-prod`. */
  readonly name: string;
  /** Where the database stands: the isolated subnets. */
  readonly network: DatabaseNetwork;
  /**
   * Engine; the two Aurora ones run on Serverless v2. Changing it replaces the database.
   * @default "postgres"
   */
  readonly engine?: DatabaseEngine;
  /**
   * Major version, which follows AWS's minor ones, or an exact version. A new major version needs `allowMajorVersionUpgrade` and
   * `applyImmediately`, and takes the database offline for minutes.
   * @default "17", MySQL "8.4", Aurora MySQL "8.0"
   */
  readonly engineVersion?: string;
  /**
   * Identifier in AWS, at most 63 characters. Changing Aurora's replaces the cluster.
   * @default the name and `-db`
   */
  readonly identifier?: string;
  /**
   * Database that is there from the start. Changing it replaces everything.
   * @default "app"
   */
  readonly databaseName?: string;
  /**
   * Administrator, for migrations and people; apps sign in by IAM with a user of their own. Changing it replaces everything.
   * @default "dbadmin"
   */
  readonly masterUsername?: string;
  /**
   * Customer managed key for the administrator's secret, whose password RDS makes and rotates every 7 days.
   * @default the key `aws/secretsmanager`
   */
  readonly masterUserSecretKmsKeyArn?: string;
  /**
   * TCP port, 1150 to 65535.
   * @default 5432, MySQL 3306
   */
  readonly port?: number;
  /**
   * Security groups that may connect, by the client's name: `{ service: service.securityGroupId }`. More by `allowFrom`.
   * @default nobody
   */
  readonly allowedSecurityGroups?: Readonly<Record<string, string>>;
  /**
   * Customer managed key for storage, snapshots and Performance Insights. Changing it replaces the database.
   * @default the key `aws/rds`
   */
  readonly kmsKeyArn?: string;
  /**
   * More parameters of the parameter group (with Aurora, of the cluster's).
   * @default TLS is forced, and MySQL logs statements slower than a second
   */
  readonly parameters?: Readonly<Record<string, ParameterValue>>;
  /**
   * Days for which the database can be restored to any second, 1 to 35.
   * @default 7
   */
  readonly backupRetentionDays?: number;
  /**
   * Time of the daily backup in UTC, at least 30 minutes.
   * @default "18:00-19:00", 03:00 in Tokyo
   */
  readonly backupWindow?: string;
  /**
   * Time of the weekly maintenance in UTC, at least 30 minutes and apart from the backup.
   * @default "sun:19:30-sun:20:30", Monday 04:30 in Tokyo
   */
  readonly maintenanceWindow?: string;
  /**
   * Whether AWS refuses to delete the database until this is switched off.
   * @default true
   */
  readonly deletionProtection?: boolean;
  /**
   * Whether deleting the database throws its data away. Otherwise a last snapshot, `<identifier>-final`, stays and is billed.
   * @default false
   */
  readonly skipFinalSnapshot?: boolean;
  /**
   * Logs to send to CloudWatch Logs; slow query and general logs hold the text of statements.
   * @default postgresql and upgrade; Aurora PostgreSQL postgresql; MySQL error and slowquery
   */
  readonly logExports?: readonly string[];
  /**
   * Days to keep the exported logs.
   * @default 30
   */
  readonly logRetentionDays?: LogRetentionDays;
  /**
   * Customer managed key for the exported logs; its policy must let CloudWatch Logs use it.
   * @default encryption with a key that AWS owns
   */
  readonly logsKmsKeyArn?: string;
  /**
   * Whether to sample the load by statement; 7 days are free.
   * @default true where the class supports it
   */
  readonly performanceInsights?: boolean;
  /**
   * Mode of CloudWatch Database Insights: `advanced` keeps 15 months of Performance Insights and is billed per vCPU.
   * @default "standard"
   */
  readonly databaseInsights?: DatabaseInsightsMode;
  /**
   * Seconds between two looks at the operating system: 0 (off), 1, 5, 10, 15, 30 or 60; billed as CloudWatch Logs.
   * @default 60
   */
  readonly enhancedMonitoringIntervalSec?: number;
  /**
   * Whether AWS installs minor versions in the maintenance window.
   * @default true
   */
  readonly autoMinorVersionUpgrade?: boolean;
  /**
   * Whether a changed `engineVersion` may be a new major version.
   * @default false
   */
  readonly allowMajorVersionUpgrade?: boolean;
  /**
   * Whether changes happen at once, with the restart that some of them need, instead of in the maintenance window.
   * @default false
   */
  readonly applyImmediately?: boolean;
  /**
   * RDS Proxy in front, for one user: tasks that come and go share few connections, and a failover holds clients up instead of cutting
   * them off. Billed per vCPU or ACU of the database, 8 ACU at least with Serverless v2.
   * @default none
   */
  readonly proxy?: DatabaseProxyProps;

  /**
   * RDS only: instance class.
   * @default "db.t4g.micro", about $37 a month in Tokyo with its standby
   */
  readonly instanceClass?: string;
  /**
   * RDS only: whether a standby in another zone takes over within a minute or two; doubles the price.
   * @default true
   */
  readonly multiAz?: boolean;
  /**
   * RDS only: storage at the start, in GiB. It never shrinks.
   * @default 20
   */
  readonly allocatedStorageGiB?: number;
  /**
   * RDS only: what storage may grow to by itself, in GiB, at least a tenth above `allocatedStorageGiB`.
   * @default twice the allocated storage, at least 100
   */
  readonly maxAllocatedStorageGiB?: number;
  /**
   * RDS only: kind of storage. `gp3` brings 3,000 IOPS and 125 MiB/s (12,000 and 500 from 400 GiB on); `io2` is for steady load.
   * @default "gp3"
   */
  readonly storageType?: StorageType;
  /**
   * RDS only: IOPS. Required with io2; with gp3 only from 400 GiB on.
   * @default what gp3 brings
   */
  readonly iops?: number;
  /**
   * RDS only: throughput of gp3 in MiB/s, only from 400 GiB on.
   * @default what gp3 brings
   */
  readonly throughputMiBps?: number;
  /**
   * RDS only: copies that only read, 0 to 15, each a host of its own and a little behind; each costs an instance and its storage.
   * @default 0
   */
  readonly readReplicaCount?: number;
  /**
   * RDS only: class of the read replicas; a smaller one falls behind under load.
   * @default that of the instance
   */
  readonly readReplicaClass?: string;
  /**
   * RDS only: zones of the read replicas, one after the other. Changing a replica's replaces it.
   * @default AWS chooses
   */
  readonly readReplicaZones?: readonly string[];

  /**
   * Aurora only: least capacity of each instance, in ACU (2 GiB of memory each): 0, or 0.5 to 256 by halves. 0 pauses an instance
   * that nobody is connected to, which never happens while an app keeps its pool open.
   * @default 0.5, about $55 a month in Tokyo for each instance
   */
  readonly minCapacityAcu?: number;
  /**
   * Aurora only: most capacity of each instance, in ACU: 1 to 256 by halves. The ceiling of the bill.
   * @default 4
   */
  readonly maxCapacityAcu?: number;
  /**
   * Aurora only: instances, 1 to 16; all but one are readers, and the first of them takes over when the writer fails.
   * @default 2
   */
  readonly instanceCount?: number;
}

const PARAMETER_VALUE: kind.Kind<ParameterValue> = kind.stringOr(
  kind.object<Exclude<ParameterValue, string>>({
    value: kind.string,
    applyMethod: kind.oneOf(APPLY_METHODS, "Use immediate only for dynamic parameters."),
  }),
);

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
  backupRetentionDays: kind.number,
  backupWindow: kind.string,
  maintenanceWindow: kind.string,
  deletionProtection: kind.boolean,
  skipFinalSnapshot: kind.boolean,
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

/** The props of one form of database that mean nothing to the other. */
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
export const AURORA_PROPS = [
  "minCapacityAcu",
  "maxCapacityAcu",
  "instanceCount",
] as const satisfies readonly (keyof DatabaseProps)[];
