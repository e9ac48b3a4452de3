/** Forms of a cache, from one shard with replicas to one that AWS sizes by itself. */
export const CACHE_KINDS = ["replication-group", "cluster", "serverless"] as const;
export type CacheKind = (typeof CACHE_KINDS)[number];

export const CACHE_ENGINES = ["valkey", "redis"] as const;
export type CacheEngine = (typeof CACHE_ENGINES)[number];

/** Socket.IO adapters that fan messages out through Redis. */
export const SOCKET_IO_ADAPTERS = ["redis", "sharded-redis", "redis-streams"] as const;
export type SocketIoAdapter = (typeof SOCKET_IO_ADAPTERS)[number];

/**
 * Adapters that work on each kind, the default one first.
 * - `redis` on a cluster: classic Pub/Sub is broadcast to every node, so that more shards make it slower; not offered.
 *   Source: ElastiCache user guide, "Overall best practices".
 * - `redis` on serverless: it needs PSUBSCRIBE, which serverless refuses. Source: socket.io-redis-adapter issue 553.
 * - `redis-streams` on serverless: nobody has shown that it works; not offered.
 * - `sharded-redis` needs engine 7.0, which is the oldest that the construct takes.
 */
export const ADAPTERS_OF_KIND: Readonly<Record<CacheKind, readonly [SocketIoAdapter, ...SocketIoAdapter[]]>> = {
  "replication-group": ["redis", "sharded-redis", "redis-streams"],
  cluster: ["sharded-redis", "redis-streams"],
  serverless: ["sharded-redis"],
};

export function kindsFor(adapter: SocketIoAdapter): CacheKind[] {
  return CACHE_KINDS.filter((kind) => ADAPTERS_OF_KIND[kind].includes(adapter));
}
