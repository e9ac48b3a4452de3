import { type HandshakeRefusal } from "../../protocol";
import { type Identity } from "../domain/ports/identity";
import { type RealtimeSocket } from "./types";

/** Milliseconds after which a refused connection is closed: by then the refusal has arrived, and our own client has disconnected. */
const CLOSE_REFUSED_AFTER_MS = 1000;

export interface HandshakeOptions {
  readonly identity: Identity;
  /** Whether the user has the maximum number of sockets on this task. */
  readonly isFull: (userId: string) => boolean;
  readonly isDraining: () => boolean;
}

/**
 * Creates the middleware of every handshake. It verifies a signature and nothing else: a client whose handshake is refused does not
 * reconnect automatically, so nothing that can fail temporarily (database, Redis) may be used here. The recovery fields that a client may
 * send (`pid`, `offset`) are ignored: connection state recovery is off, and clients catch up from the log.
 */
export function createHandshake(options: HandshakeOptions) {
  return (socket: RealtimeSocket, next: (error?: Error) => void): void => {
    const refusal = authenticate(socket, options);
    if (refusal !== undefined) closeSoon(socket);
    next(refusal);
  };
}

function authenticate(socket: RealtimeSocket, { identity, isFull, isDraining }: HandshakeOptions): Error | undefined {
  if (isDraining()) return refused({ code: 503, retryable: true });
  const { ticket }: { ticket?: unknown } = socket.handshake.auth;
  const principal = typeof ticket === "string" ? identity.verifyTicket(ticket) : undefined;
  // The ticket is not needed any more, and should not stay in memory as long as the connection.
  socket.handshake.auth = {};
  if (principal === undefined) return refused({ code: 401, retryable: true });
  if (isFull(principal.userId)) return refused({ code: 429, retryable: true });
  socket.data = { principal, checked: false };
  return undefined;
}

const MESSAGES = { 401: "Unauthenticated", 429: "Too many connections", 503: "Unavailable" } as const;

function refused(data: HandshakeRefusal): Error {
  return Object.assign(new Error(MESSAGES[data.code]), { data });
}

/** Otherwise a refused client could keep its connection open and repeat the handshake on it until `connectTimeout`. */
function closeSoon(socket: RealtimeSocket): void {
  const { conn } = socket;
  setTimeout(() => conn.close(), CLOSE_REFUSED_AFTER_MS).unref();
}
