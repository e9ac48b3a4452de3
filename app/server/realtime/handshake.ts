import { type HandshakeRefusal } from "../../protocol";
import { type Identity } from "../services";
import { type RealtimeSocket } from "./types";

/** A refused connection is closed after this time, in milliseconds: the refusal has then arrived, and a client of ours has gone by itself. */
const REFUSED_FOR_MS = 1000;

export interface HandshakeOptions {
  readonly identity: Identity;
  /** Whether this person has as many sockets on this task as one may have. */
  readonly isFull: (userId: string) => boolean;
  readonly isDraining: () => boolean;
}

/**
 * The middleware of every handshake. It verifies a signature and nothing else: a client whose handshake is refused does not come back by
 * itself, so nothing that can fail for a passing reason (database, Redis) may stand here. The recovery fields that a client may send
 * (`pid`, `offset`) have no meaning: connection state recovery is off, and the log is what one catches up from.
 */
export function createHandshake(options: HandshakeOptions) {
  return (socket: RealtimeSocket, next: (error?: Error) => void): void => {
    const refusal = decide(socket, options);
    if (refusal !== undefined) closeSoon(socket);
    next(refusal);
  };
}

function decide(socket: RealtimeSocket, { identity, isFull, isDraining }: HandshakeOptions): Error | undefined {
  if (isDraining()) return refused({ code: 503, retryable: true });
  const { ticket }: { ticket?: unknown } = socket.handshake.auth;
  const principal = typeof ticket === "string" ? identity.verifyTicket(ticket) : undefined;
  // The ticket has done its work: it must not lie about in memory for the life of the connection.
  socket.handshake.auth = {};
  if (principal === undefined) return refused({ code: 401, retryable: true });
  if (isFull(principal.userId)) return refused({ code: 429, retryable: true });
  socket.data = { principal, checked: false };
  return undefined;
}

const WORDS = { 401: "Unauthenticated", 429: "Too many connections", 503: "Unavailable" } as const;

function refused(data: HandshakeRefusal): Error {
  return Object.assign(new Error(WORDS[data.code]), { data });
}

/** Without this, a client that was refused could keep its connection open, and ask again and again on it, until `connectTimeout`. */
function closeSoon(socket: RealtimeSocket): void {
  const { conn } = socket;
  setTimeout(() => conn.close(), REFUSED_FOR_MS).unref();
}
