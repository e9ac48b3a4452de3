import { type DefaultEventsMap, type Server, type Socket } from "socket.io";
import { type ServerEvents } from "../../protocol";
import { type Principal } from "../domain/principal";
import { type Revocation } from "./revocations";

/** Events between tasks. */
export interface TaskEvents {
  /** Events that were published may not have reached every task. */
  gap: () => void;
  /** A session has ended. The revocation feed carries it as well, because this event may be lost. */
  revoked: (revocation: Revocation) => void;
}

/** Data of one connection. Keep it small: a task has thousands of connections. */
export interface ConnectionData {
  principal: Principal;
  /** Whether the database has been asked since the handshake if the session is active. */
  checked: boolean;
  /** Set while it is unknown whether the session has ended: nothing is read or stored for the connection until it is known. */
  unconfirmed?: boolean;
  /** When the next reconnect ticket is due, in milliseconds since the epoch. */
  nextTicketAt?: number;
  /** Set when the socket has far exceeded a rate limit and is about to be closed. */
  flooding?: boolean;
  /** The socket's latest unfinished send: the messages of one socket are stored in the order in which they arrive. */
  sending?: Promise<unknown>;
}

export type RealtimeServer = Server<DefaultEventsMap, ServerEvents, TaskEvents, ConnectionData>;
export type RealtimeSocket = Socket<DefaultEventsMap, ServerEvents, TaskEvents, ConnectionData>;

/** Receives every event of a socket, whatever its name. */
export type Dispatch = (this: RealtimeSocket, ...packet: unknown[]) => void;
