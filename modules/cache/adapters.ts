import { CACHE_KINDS, type CacheKind } from "./cache-kinds";

/** Socket.IO adapters that use Redis for the fan-out. */
export const SOCKET_IO_ADAPTERS = ["redis", "sharded-redis", "redis-streams"] as const;
export type SocketIoAdapter = (typeof SOCKET_IO_ADAPTERS)[number];

/**
 * Adapters that each kind supports, the default first.
 * - `redis` on a cluster is not offered: classic Pub/Sub is broadcast to every node, so each additional shard makes it slower.
 *   Source: ElastiCache user guide, "Overall best practices".
 * - `redis` on serverless fails: it needs PSUBSCRIBE, which serverless refuses. Source: socket.io-redis-adapter issue 553.
 * - `redis-streams` on serverless is not offered: there is no evidence that it works.
 * - `sharded-redis` needs engine version 7.0, the oldest one that the construct accepts.
 */
export const ADAPTERS_OF_KIND: Readonly<Record<CacheKind, readonly [SocketIoAdapter, ...SocketIoAdapter[]]>> = {
  "replication-group": ["redis", "sharded-redis", "redis-streams"],
  cluster: ["sharded-redis", "redis-streams"],
  serverless: ["sharded-redis"],
};

export function kindsSupporting(adapter: SocketIoAdapter): CacheKind[] {
  return CACHE_KINDS.filter((kind) => ADAPTERS_OF_KIND[kind].includes(adapter));
}
