import { type RedisConfiguration } from "../configuration";
import { type Log } from "../operations/log";
import { type ClusterAdapter } from "./cluster-adapter";
import { createRedisAdapter } from "./redis-adapter";
import { createShardedRedisAdapter } from "./sharded-redis-adapter";

export type ClusterAdapterOptions =
  | { readonly kind: "in-memory" }
  | { readonly kind: "redis" | "sharded-redis"; readonly redis: RedisConfiguration; readonly log: Log };

const SINGLE_TASK: ClusterAdapter = {
  adapter: undefined,
  limiterStore: undefined,
  revocationFeed: undefined,
  isConnected: () => true,
  onGap: () => undefined,
  close: () => undefined,
};

/** Starts connecting and returns immediately: while Redis is away, a task still serves its own sockets. */
export function createClusterAdapter(options: ClusterAdapterOptions): ClusterAdapter {
  switch (options.kind) {
    case "in-memory":
      return SINGLE_TASK;
    case "redis":
      return createRedisAdapter(options.redis, options.log);
    case "sharded-redis":
      return createShardedRedisAdapter(options.redis, options.log);
  }
}
