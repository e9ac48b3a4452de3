import { type ServerOptions } from "socket.io";
import { type RedisConfiguration } from "../configuration";
import { type Log } from "../operations/log";
import { type GapListener } from "./gaps";
import { redisFanOut } from "./redis-fan-out";
import { shardedFanOut } from "./sharded-fan-out";

/** How what happens on one task reaches the sockets of the others. */
export interface FanOut {
  /** For Socket.IO; `undefined` when there is one task only. */
  readonly adapter: ServerOptions["adapter"] | undefined;
  /** The client that limits are counted with; `undefined` when there is one task only. */
  readonly limiterStore: object | undefined;
  /** Whether the other tasks can be reached right now; a task that has no others always can. */
  connected(): boolean;
  /** Called whenever something may have been missed. */
  onGap(listener: GapListener): void;
  close(): void;
}

export type FanOutOptions =
  | { readonly kind: "in-memory" }
  | { readonly kind: "redis" | "sharded-redis"; readonly redis: RedisConfiguration; readonly log: Log };

/** Begins to connect and returns at once: a server without Redis serves its own sockets. */
export function createFanOut(options: FanOutOptions): FanOut {
  switch (options.kind) {
    case "in-memory":
      return {
        adapter: undefined,
        limiterStore: undefined,
        connected: () => true,
        onGap: () => undefined,
        close: () => undefined,
      };
    case "redis":
      return redisFanOut(options.redis, options.log);
    case "sharded-redis":
      return shardedFanOut(options.redis, options.log);
  }
}
