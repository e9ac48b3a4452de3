import * as kind from "../core/kinds";
import { LOG_RETENTION_DAYS, type LogRetentionDays } from "../core/log-retention";
import { type SocketIoAdapter } from "./adapters";
import { type CacheKind } from "./cache-kinds";
import { type CacheEngine } from "./engine-versions";

/** What the cache needs of a network, ours or one that exists already. */
export interface CacheNetwork {
  readonly vpcId: string;
  /** At least two subnets, in different zones; serverless takes two or three. */
  readonly isolatedSubnetIds: readonly string[];
}

/**
 * How clients prove who they are. There is no password: ElastiCache has no write-only attribute for one, so that it would stand
 * in Terraform's state.
 */
export type CacheAuthentication =
  | {
      /** The client signs a token of 15 minutes with its AWS role. */
      readonly kind: "iam";
      /**
       * Name of the user, unique in account and region.
       * @default the name and `-app`
       */
      readonly userName?: string;
    }
  | {
      /** Whoever gets through the security group may do everything. */
      readonly kind: "none";
      /** Why that is right here; it is kept in the cache's description. */
      readonly reason: string;
    };

export interface CacheProps {
  /** Stem of all physical names in here, for example `messenger-crm-prod`. */
  readonly name: string;
  /** Where the cache stands: the isolated subnets. */
  readonly network: CacheNetwork;
  /**
   * `replication-group`: one primary with replicas. `cluster`: cluster mode, data spread over shards. `serverless`: AWS sizes it,
   * billed by use. Changing it replaces the cache.
   * @default "replication-group"
   */
  readonly kind?: CacheKind;
  /**
   * Engine; Valkey costs a fifth less on nodes and a third less on serverless.
   * @default "valkey"
   */
  readonly engine?: CacheEngine;
  /**
   * Major and minor version of nodes (`8.0`), the major one alone of serverless (`8`). Going back replaces the cache.
   * @default Valkey "8.0", Redis OSS "7.1"
   */
  readonly engineVersion?: string;
  /**
   * Identifier in AWS, at most 40 characters. Changing it replaces the cache.
   * @default the name and `-cache`
   */
  readonly identifier?: string;
  /**
   * How clients prove who they are.
   * @default { kind: "iam" }
   */
  readonly authentication?: CacheAuthentication;
  /**
   * What every key of the app begins with; its user may touch no other. Only with IAM. `redis-streams` needs its stream's name too.
   * @default every key
   */
  readonly keyPrefixes?: readonly string[];
  /**
   * What every Pub/Sub channel of the app begins with, `socket.io` for the adapters. Only with IAM.
   * @default every channel
   */
  readonly channelPrefixes?: readonly string[];
  /**
   * Socket.IO namespaces of the app. The adapter `redis` subscribes to a pattern for each, and a pattern has to be allowed word for
   * word; only matters with `channelPrefixes`.
   * @default ["/"]
   */
  readonly socketNamespaces?: readonly string[];
  /**
   * Socket.IO adapter that the app is going to use: refused when the kind cannot serve it.
   * @default "redis" on a replication group, else "sharded-redis"
   */
  readonly adapter?: SocketIoAdapter;
  /**
   * Security groups that may connect, by the client's name: `{ service: service.securityGroupId }`. More by `allowFrom`.
   * @default nobody
   */
  readonly allowedSecurityGroups?: Readonly<Record<string, string>>;
  /**
   * Customer managed key for data at rest and snapshots. Changing it replaces the cache.
   * @default a key that AWS owns
   */
  readonly kmsKeyArn?: string;
  /**
   * Days to keep daily snapshots, 0 (none) to 35.
   * @default 1
   */
  readonly snapshotRetentionDays?: number;
  /**
   * Time of the daily snapshot in UTC, at least 60 minutes; serverless takes its beginning.
   * @default "17:00-18:00", 02:00 in Tokyo
   */
  readonly snapshotWindow?: string;

  /**
   * Nodes only: node type.
   * @default "cache.t4g.micro", about $15 a month in Tokyo each with Valkey
   */
  readonly nodeType?: string;
  /**
   * Nodes only: replicas of the primary, or of each shard's, 0 to 5. Without one, a failed node takes minutes and the data.
   * @default 1
   */
  readonly replicas?: number;
  /**
   * Nodes only: whether the replicas stand in other zones than the primary.
   * @default true with a replica
   */
  readonly multiAz?: boolean;
  /**
   * Cluster only: shards, 1 to 90.
   * @default 2
   */
  readonly shards?: number;
  /**
   * Nodes only: TCP port, 1024 to 65535. Changing it replaces the cache.
   * @default 6379
   */
  readonly port?: number;
  /**
   * Nodes only: more parameters of the parameter group.
   * @default keys that expire soonest are evicted first when memory is full
   */
  readonly parameters?: Readonly<Record<string, string>>;
  /**
   * Nodes only: time of the weekly maintenance in UTC, at least 60 minutes.
   * @default "sun:20:30-sun:21:30", Monday 05:30 in Tokyo
   */
  readonly maintenanceWindow?: string;
  /**
   * Nodes only: whether deleting the cache throws its data away. Otherwise a last snapshot, `<identifier>-final`, stays.
   * @default false
   */
  readonly skipFinalSnapshot?: boolean;
  /**
   * Nodes only: whether AWS installs minor versions in the maintenance window. Raise `engineVersion` with it: see the README.
   * @default true
   */
  readonly autoMinorVersionUpgrade?: boolean;
  /**
   * Nodes only: whether changes happen at once instead of in the maintenance window.
   * @default false
   */
  readonly applyImmediately?: boolean;
  /**
   * Nodes only: SNS topic for ElastiCache's events, such as a failover.
   * @default none
   */
  readonly notificationTopicArn?: string;
  /**
   * Nodes only: days to keep the slow log and the engine log.
   * @default 30
   */
  readonly logRetentionDays?: LogRetentionDays;
  /**
   * Nodes only: customer managed key for the logs; its policy must let CloudWatch Logs use it.
   * @default encryption with a key that AWS owns
   */
  readonly logsKmsKeyArn?: string;

  /**
   * Serverless only: most data, in GiB, 1 to 5000; beyond it keys are evicted. A ceiling of the bill.
   * @default 5, at most about $370 a month in Tokyo
   */
  readonly maxStorageGiB?: number;
  /**
   * Serverless only: most ElastiCache processing units a second, 1,000 to 15,000,000; beyond it requests are throttled. A ceiling
   * of the bill.
   * @default 5000, at most about $36 a month in Tokyo
   */
  readonly maxEcpuPerSec?: number;
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

/** The props that only caches made of nodes have. */
export const NODE_PROPS = [
  "nodeType",
  "replicas",
  "multiAz",
  "port",
  "parameters",
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
