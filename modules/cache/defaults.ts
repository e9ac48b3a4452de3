import { type WithDefaults } from "../core/props";
import { type CacheProps } from "./props";

/** Defaults for every kind; versions, which depend on the engine, are in `engine-versions.ts`. */
export const cacheDefaults = {
  kind: "replication-group",
  engine: "valkey",
  authentication: { kind: "iam" },
  socketNamespaces: ["/"],
  snapshotRetentionDays: 1,
  snapshotWindow: "17:00-18:00",
} as const satisfies Partial<CacheProps>;

/** Defaults for caches made of nodes. */
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

/** Defaults for cluster mode only. */
export const clusterDefaults = { shards: 2 } as const satisfies Partial<CacheProps>;

/** Defaults for serverless only. */
export const serverlessDefaults = { maxStorageGiB: 5, maxEcpuPerSec: 5000 } as const satisfies Partial<CacheProps>;

/**
 * All data in the cache expires: rate limits, presence, tickets. When memory is full, `volatile-ttl` evicts the keys that would expire
 * soonest, while `noeviction` would fail every write.
 */
export const DEFAULT_PARAMETERS: Readonly<Record<string, string>> = { "maxmemory-policy": "volatile-ttl" };

export type CompleteCacheProps = WithDefaults<CacheProps, typeof cacheDefaults>;
export type CompleteNodeProps = WithDefaults<CompleteCacheProps, typeof nodeDefaults & typeof clusterDefaults>;
export type CompleteServerlessProps = WithDefaults<CompleteCacheProps, typeof serverlessDefaults>;
