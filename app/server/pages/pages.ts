import { type IncomingMessage, type ServerResponse } from "node:http";
import { type Duplex } from "node:stream";

/** Next, as the HTTP server sees it: everything that is neither health, nor /api (but for /api/auth), nor a socket. */
export interface Pages {
  /** `clientAddress` is handed on in a header that overwrites whatever the client wrote there. */
  handle(request: IncomingMessage, response: ServerResponse, clientAddress: string): Promise<void>;
  /** An upgrade that is not Socket.IO's: hot reloading in development; destroyed in production. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  close(): Promise<void>;
}
