import { type DefaultEventsMap, type Server, type Socket } from "socket.io";
import { type ServerEvents } from "../../protocol";
import { type Principal } from "../domain/principal";

/** What tasks say to each other. */
export interface TaskEvents {
  /** Something that was published may not have reached every task. */
  gap: () => void;
}

/** What is kept of a connection beside what Socket.IO keeps: there are thousands of them. */
export interface ConnectionData {
  principal: Principal;
  /** Whether the database has been asked since the handshake if the session still stands. */
  checked: boolean;
  /** When it is given the next ticket to come back with, in milliseconds since the epoch. */
  nextTicketAt?: number;
  /** Set when it went far past a limit and is about to be closed. */
  flooding?: boolean;
  /** The last send of this socket that is under way: sends of one socket are stored in the order in which they came. */
  sending?: Promise<unknown>;
}

export type RealtimeServer = Server<DefaultEventsMap, ServerEvents, TaskEvents, ConnectionData>;
export type RealtimeSocket = Socket<DefaultEventsMap, ServerEvents, TaskEvents, ConnectionData>;

/** A client's raw events come through one listener, whatever they are called. */
export type Dispatch = (this: RealtimeSocket, ...packet: unknown[]) => void;
