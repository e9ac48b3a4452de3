import { type IncomingMessage, type ServerResponse } from "node:http";
import { type Duplex } from "node:stream";

/** Serves pages through Next: every path that is not a health check, a socket or REST; /api/auth included. */
export interface Pages {
  /** Passes `clientAddress` to Next in a header, which overwrites a value of the client. */
  handle(request: IncomingMessage, response: ServerResponse, clientAddress: string): Promise<void>;
  /** Takes an upgrade that is not Socket.IO's: hot reloading in development. Returns false when there is nothing to upgrade to. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean;
  close(): Promise<void>;
}
