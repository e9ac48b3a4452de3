import { type HandshakeRefusal } from "../../protocol";
import { type Identity } from "../domain/ports/identity";
import { type Principal } from "../domain/principal";
import { type Revocations } from "./revocations";
import { type SessionCheck, type SessionState } from "./session-check";
import { type RealtimeSocket } from "./types";

/** Milliseconds after which a refused connection is closed: by then the refusal has arrived, and our own client has disconnected. */
const CLOSE_REFUSED_AFTER_MS = 1000;

export interface HandshakeOptions {
  readonly identity: Identity;
  readonly revocations: Revocations;
  readonly sessionCheck: Pick<SessionCheck, "ask">;
  /** Whether the user has the maximum number of sockets on this task. */
  readonly isFull: (userId: string) => boolean;
  readonly isDraining: () => boolean;
}

/**
 * Creates the middleware of every handshake. It verifies the ticket and that its session has not ended, both without the database: a client
 * whose handshake is refused does not reconnect automatically, so what can fail temporarily may not refuse it. Only when this task may not
 * know of every ended session, it asks the database; without an answer, the connection is accepted, and its events are refused until there is
 * one. The recovery fields that a client may send (`pid`, `offset`) are ignored: connection state recovery is off, and clients catch up from
 * the log.
 */
export function createHandshake(options: HandshakeOptions) {
  return (socket: RealtimeSocket, next: (error?: Error) => void): void => {
    const finish = (refusal: Error | undefined): void => {
      if (refusal !== undefined) closeSoon(socket);
      next(refusal);
    };
    if (options.isDraining()) return finish(refused({ code: 503, retryable: true }));
    const principal = verify(socket, options);
    if (principal === undefined) finish(refused({ code: 401, retryable: true }));
    else if (isKnownToBeActive(principal, options)) finish(accept(socket, principal, options));
    else {
      void stateOf(principal, options).then((state) => {
        const ended = state === "signed-out" || state === "disabled";
        if (ended) finish(refused({ code: 401, retryable: true }));
        else finish(accept(socket, principal, options, state));
      });
    }
  };
}

/** Returns the ticket's principal; `undefined` without a valid ticket. */
function verify(socket: RealtimeSocket, { identity }: HandshakeOptions): Principal | undefined {
  const { ticket }: { ticket?: unknown } = socket.handshake.auth;
  // The ticket is not needed any more, and should not stay in memory as long as the connection.
  socket.handshake.auth = {};
  return typeof ticket === "string" ? identity.verifyTicket(ticket) : undefined;
}

function isKnownToBeActive(principal: Principal, { revocations }: HandshakeOptions): boolean {
  return revocations.isComplete() && revocations.find(principal) === undefined;
}

/** Asks the database, except about a session that was signed out: that is final, while a disabled user may be enabled again. */
async function stateOf(principal: Principal, { revocations, sessionCheck }: HandshakeOptions): Promise<SessionState> {
  const revoked = revocations.find(principal);
  if (revoked === "signed-out") return revoked;
  const state = await sessionCheck.ask(principal);
  return state === "unknown" && revoked !== undefined ? revoked : state;
}

/** Returns why the connection is refused; `undefined` when it is accepted. */
function accept(
  socket: RealtimeSocket,
  principal: Principal,
  { isFull, isDraining }: HandshakeOptions,
  state?: SessionState,
): Error | undefined {
  if (isDraining()) return refused({ code: 503, retryable: true });
  if (isFull(principal.userId)) return refused({ code: 429, retryable: true });
  const checked = state === "active";
  socket.data = state === "unknown" ? { principal, checked, unconfirmed: true } : { principal, checked };
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
