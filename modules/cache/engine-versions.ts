export const CACHE_ENGINES = ["valkey", "redis"] as const;
export type CacheEngine = (typeof CACHE_ENGINES)[number];

export interface CacheVersion {
  readonly version: string;
  /** Parameter group family. */
  readonly family: string;
}

/**
 * Versions of nodes, oldest first. ElastiCache has no Redis OSS after 7.1. Versions before 7.0 have neither IAM authentication nor
 * sharded Pub/Sub; standard support for 4 and 5 ended on 2026-01-31.
 * Sources: ElastiCache user guide, "Supported engines and versions" and "Authenticating with IAM".
 */
export const NODE_VERSIONS: Readonly<Record<CacheEngine, readonly CacheVersion[]>> = {
  valkey: [
    { version: "7.2", family: "valkey7" },
    { version: "8.0", family: "valkey8" },
    { version: "8.1", family: "valkey8" },
    { version: "8.2", family: "valkey8" },
  ],
  redis: [
    { version: "7.0", family: "redis7" },
    { version: "7.1", family: "redis7" },
  ],
};

/** Major versions of serverless caches; AWS chooses the minor version. */
export const SERVERLESS_VERSIONS: Readonly<Record<CacheEngine, readonly string[]>> = {
  valkey: ["7", "8"],
  redis: ["7"],
};

export const DEFAULT_NODE_VERSION: Readonly<Record<CacheEngine, string>> = { valkey: "8.0", redis: "7.1" };
export const DEFAULT_SERVERLESS_VERSION: Readonly<Record<CacheEngine, string>> = { valkey: "8", redis: "7" };
