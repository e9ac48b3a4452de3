/** Kinds of cache: one shard with replicas, cluster mode with several shards, or serverless, which AWS sizes. */
export const CACHE_KINDS = ["replication-group", "cluster", "serverless"] as const;
export type CacheKind = (typeof CACHE_KINDS)[number];
