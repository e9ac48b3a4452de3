import * as kind from "../core/kinds";
import { LOG_RETENTION_DAYS, type LogRetentionDays } from "../core/log-retention";
import { type SocketIoAdapter } from "./adapters";
import { type CacheKind } from "./cache-kinds";
import { type CacheEngine } from "./engine-versions";

/** What the cache needs from a network, created by this package or not. */
export interface CacheNetwork {
  readonly vpcId: string;
  /** At least two subnets in different zones; serverless accepts two or three. */
  readonly isolatedSubnetIds: readonly string[];
}

/**
 * How clients authenticate. Passwords are not supported: ElastiCache has no write-only attribute for one, so it would be stored in
 * Terraform's state.
 */
export type CacheAuthentication =
  | {
      /** The client signs a token with its AWS role, which is valid for 15 minutes. */
      readonly kind: "iam";
      /**
       * Name of the user, unique in the account and region.
       * @default `<name>-app`
       */
      readonly userName?: string | undefined;
    }
  | {
      /** Every client that the security group allows has full access. */
      readonly kind: "none";
      /** Why the cache needs no authentication; part of the cache's description. */
      readonly reason: string;
    };

export interface CacheProps {
  /** Stem of all physical names, for example `messenger-crm-prod`. */
  readonly name: string;
  /** Network in whose isolated subnets the cache runs. */
  readonly network: CacheNetwork;
  /**
   * `replication-group`: one primary with replicas. `cluster`: cluster mode, data spread over shards. `serverless`: AWS sizes it
   * and bills by use. Changing it replaces the cache.
   * @default "replication-group"
   */
  readonly kind?: CacheKind | undefined;
  /**
   * Engine; Valkey costs a fifth less on nodes and a third less on serverless.
   * @default "valkey"
   */
  readonly engine?: CacheEngine | undefined;
  /**
   * Major and minor version for nodes (`8.0`), the major version alone for serverless (`8`). Lowering it replaces the cache.
   * @default Valkey "8.0", Redis OSS "7.1"
   */
  readonly engineVersion?: string | undefined;
  /**
   * Identifier in AWS, at most 40 characters. Changing it replaces the cache.
   * @default `<name>-cache`
   */
  readonly identifier?: string | undefined;
  /**
   * How clients authenticate.
   * @default { kind: "iam" }
   */
  readonly authentication?: CacheAuthentication | undefined;
  /**
   * Prefixes of the app's keys; its user has access to no others. Only with IAM. `redis-streams` needs its stream's name too.
   * @default every key
   */
  readonly keyPrefixes?: readonly string[] | undefined;
  /**
   * Prefixes of the app's Pub/Sub channels, `socket.io` for the adapters. Only with IAM.
   * @default every channel
   */
  readonly channelPrefixes?: readonly string[] | undefined;
  /**
   * Socket.IO namespaces of the app. The adapter `redis` subscribes to a pattern for each, and Redis allows a pattern only if it was
   * granted literally; only used with `channelPrefixes`.
   * @default ["/"]
   */
  readonly socketNamespaces?: readonly string[] | undefined;
  /**
   * Socket.IO adapter that the app will use; refused if the kind does not support it.
   * @default "redis" on a replication group, else "sharded-redis"
   */
  readonly adapter?: SocketIoAdapter | undefined;
  /**
   * Security groups that may connect, by the client's name: `{ service: service.securityGroupId }`. `allowFrom` adds more.
   * @default none
   */
  readonly allowedSecurityGroups?: Readonly<Record<string, string>> | undefined;
  /**
   * Customer managed key for data at rest and snapshots. Changing it replaces the cache.
   * @default a key that AWS owns
   */
  readonly kmsKeyArn?: string | undefined;
  /**
   * Days to keep daily snapshots, 0 (none) to 35.
   * @default 1
   */
  readonly snapshotRetentionDays?: number | undefined;
  /**
   * Window of the daily snapshot in UTC, at least 60 minutes; serverless only uses its start.
   * @default "17:00-18:00", 02:00 in Tokyo
   */
  readonly snapshotWindow?: string | undefined;

  /**
   * Nodes only: node type.
   * @default "cache.t4g.micro", about $15 a month in Tokyo each with Valkey
   */
  readonly nodeType?: string | undefined;
  /**
   * Nodes only: replicas of each primary, 0 to 5. Without one, a failed node means minutes of downtime and the loss of its data.
   * @default 1
   */
  readonly replicas?: number | undefined;
  /**
   * Nodes only: whether the replicas run in other zones than the primary.
   * @default true with a replica
   */
  readonly multiAz?: boolean | undefined;
  /**
   * Cluster only: number of shards, 1 to 90.
   * @default 2
   */
  readonly shards?: number | undefined;
  /**
   * Nodes only: TCP port, 1024 to 65535. Changing it replaces the cache.
   * @default 6379
   */
  readonly port?: number | undefined;
  /**
   * Nodes only: additional engine parameters. Names that the version does not have are refused.
   * @default `maxmemory-policy` `volatile-ttl`: when memory is full, the keys that expire soonest are evicted first
   */
  readonly parameters?: Readonly<Record<string, string>> | undefined;
  /**
   * Nodes only: engine parameters that AWS has added since this package's table of names. Their names are not checked.
   * @default none
   */
  readonly uncheckedParameters?: Readonly<Record<string, string>> | undefined;
  /**
   * Nodes only: window of the weekly maintenance in UTC, at least 60 minutes.
   * @default "sun:20:30-sun:21:30", Monday 05:30 in Tokyo
   */
  readonly maintenanceWindow?: string | undefined;
  /**
   * Nodes only: whether to delete the cache without a final snapshot. Otherwise the snapshot `<identifier>-final` remains.
   * @default false
   */
  readonly skipFinalSnapshot?: boolean | undefined;
  /**
   * Nodes only: whether AWS installs minor versions in the maintenance window. Raise `engineVersion` afterwards: see the README.
   * @default true
   */
  readonly autoMinorVersionUpgrade?: boolean | undefined;
  /**
   * Nodes only: whether changes are applied immediately instead of in the maintenance window. A new major version needs it.
   * @default false
   */
  readonly applyImmediately?: boolean | undefined;
  /**
   * Nodes only: SNS topic for ElastiCache's events, such as a failover; a standard one without encryption, of the cache's account and
   * region, whose policy names `aws:SourceOwner`. An AlarmTopic is none.
   * @default none
   */
  readonly notificationTopicArn?: string | undefined;
  /**
   * Nodes only: days to keep the slow log and the engine log.
   * @default 30
   */
  readonly logRetentionDays?: LogRetentionDays | undefined;
  /**
   * Nodes only: customer managed key for the logs; its policy must allow CloudWatch Logs to use it.
   * @default encryption with a key that AWS owns
   */
  readonly logsKmsKeyArn?: string | undefined;

  /**
   * Serverless only: maximum data in GiB, 1 to 5000; beyond it keys are evicted. It limits the bill.
   * @default 5, at most about $370 a month in Tokyo
   */
  readonly maxStorageGiB?: number | undefined;
  /**
   * Serverless only: maximum ElastiCache processing units per second, 1,000 to 15,000,000; beyond it requests are throttled. It
   * limits the bill.
   * @default 5000, at most about $36 a month in Tokyo
   */
  readonly maxEcpuPerSec?: number | undefined;
}

const AUTHENTICATION = kind.union<CacheAuthentication, "kind">(
  "kind",
  { iam: { userName: kind.string }, none: { reason: kind.string } },
  "Passwords are not supported: they would be stored in Terraform's state.",
);

export const PROPS: kind.Shape<CacheProps> = {
  name: kind.string,
  network: kind.looseObject<CacheNetwork>({ vpcId: kind.string, isolatedSubnetIds: kind.array(kind.string) }),
  kind: kind.string,
  engine: kind.string,
  engineVersion: kind.string,
  identifier: kind.string,
  authentication: AUTHENTICATION,
  keyPrefixes: kind.array(kind.string),
  channelPrefixes: kind.array(kind.string),
  socketNamespaces: kind.array(kind.string),
  adapter: kind.string,
  allowedSecurityGroups: kind.record(kind.string),
  kmsKeyArn: kind.string,
  snapshotRetentionDays: kind.number,
  snapshotWindow: kind.string,
  nodeType: kind.string,
  replicas: kind.number,
  multiAz: kind.boolean,
  shards: kind.number,
  port: kind.number,
  parameters: kind.record(kind.string),
  uncheckedParameters: kind.record(kind.string),
  maintenanceWindow: kind.string,
  skipFinalSnapshot: kind.boolean,
  autoMinorVersionUpgrade: kind.boolean,
  applyImmediately: kind.boolean,
  notificationTopicArn: kind.string,
  logRetentionDays: kind.oneOf(LOG_RETENTION_DAYS, "Use a value that CloudWatch Logs accepts."),
  logsKmsKeyArn: kind.string,
  maxStorageGiB: kind.number,
  maxEcpuPerSec: kind.number,
};

/** Props that only caches made of nodes have. */
export const NODE_PROPS = [
  "nodeType",
  "replicas",
  "multiAz",
  "port",
  "parameters",
  "uncheckedParameters",
  "maintenanceWindow",
  "skipFinalSnapshot",
  "autoMinorVersionUpgrade",
  "applyImmediately",
  "notificationTopicArn",
  "logRetentionDays",
  "logsKmsKeyArn",
] as const satisfies readonly (keyof CacheProps)[];
export const CLUSTER_PROPS = ["shards"] as const satisfies readonly (keyof CacheProps)[];
export const SERVERLESS_PROPS = ["maxStorageGiB", "maxEcpuPerSec"] as const satisfies readonly (keyof CacheProps)[];
