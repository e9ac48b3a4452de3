import { type ServerOptions } from "socket.io";
import { type RevocationFeed } from "../realtime/revocations";
import { type GapListener } from "./gap-detector";

/** Sends what happens on one task to the sockets of the others: a Socket.IO adapter with its Redis clients, health and gap detection. */
export interface ClusterAdapter {
  /** For Socket.IO; `undefined` with a single task. */
  readonly adapter: ServerOptions["adapter"] | undefined;
  /** The Redis client that counts rate limits; `undefined` with a single task. */
  readonly limiterStore: object | undefined;
  /** Passes ended sessions between tasks; `undefined` with a single task. */
  readonly revocationFeed: RevocationFeed | undefined;
  /** Whether the other tasks can be reached now; always true with a single task. */
  isConnected(): boolean;
  /** Registers the listener that is called whenever events between tasks may have been lost. */
  onGap(listener: GapListener): void;
  close(): void;
}
