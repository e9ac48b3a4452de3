import { type CacheProps } from "./props";

/** For every kind. What depends on the engine is in its table. */
export const cacheDefaults = {
  kind: "replication-group",
  engine: "valkey",
  authentication: { kind: "iam" },
  socketNamespaces: ["/"],
  snapshotRetentionDays: 1,
  snapshotWindow: "17:00-18:00",
} as const satisfies Partial<CacheProps>;

/** For caches made of nodes. */
export const nodeDefaults = {
  nodeType: "cache.t4g.micro",
  replicas: 1,
  port: 6379,
  maintenanceWindow: "sun:20:30-sun:21:30",
  skipFinalSnapshot: false,
  autoMinorVersionUpgrade: true,
  applyImmediately: false,
  logRetentionDays: 30,
} as const satisfies Partial<CacheProps>;

/** For cluster mode alone. */
export const clusterDefaults = { shards: 2 } as const satisfies Partial<CacheProps>;

/** For serverless alone. */
export const serverlessDefaults = { maxStorageGiB: 5, maxEcpuPerSec: 5000 } as const satisfies Partial<CacheProps>;

/**
 * Everything in here expires: limits, presence, tickets. Full memory then costs what would have gone soonest anyway, where
 * `noeviction` would fail every write.
 */
export const DEFAULT_PARAMETERS: Readonly<Record<string, string>> = { "maxmemory-policy": "volatile-ttl" };
