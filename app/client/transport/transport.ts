import {
  type Acknowledgement,
  type ClientEvent,
  type ClientPayload,
  type HandshakeRefusal,
  type ServerEvents,
} from "../../protocol";

/**
 * Carries events between the client and one server. It opens only when told to and never reconnects: when to try again, and with which
 * ticket, is decided by `Connection`.
 */
export interface Transport {
  /** Whether the server has accepted the handshake and the transport is still open. */
  readonly connected: boolean;
  /** Starts a handshake that presents a ticket. Its outcome is reported to the listener. */
  open(ticket: string): void;
  /** Closes the transport, also while a handshake is under way or after one was refused. Reports nothing: the caller knows. */
  close(): void;
  /**
   * Sends one event and resolves with its acknowledgement. Called only while connected.
   *
   * @throws when none arrives within `timeoutMs`; whether the server has handled the event is then unknown
   */
  send<E extends ClientEvent>(event: E, payload: ClientPayload<E>, timeoutMs: number): Promise<Acknowledgement<E>>;
}

/** What a transport reports. */
export interface TransportListener {
  /** The server has accepted the handshake. */
  readonly onOpen: () => void;
  /** An open transport was closed by the server or by the network. */
  readonly onClose: () => void;
  /** The handshake failed; with a refusal when the server answered with one. */
  readonly onRefused: (refusal: HandshakeRefusal | undefined) => void;
  readonly onEvent: <E extends keyof ServerEvents>(event: E, payload: Parameters<ServerEvents[E]>[0]) => void;
}

export interface TransportLimits {
  /** Longest time for one attempt to reach the server, in milliseconds. */
  readonly connectMs: number;
}

/** Creates a closed transport. */
export type TransportFactory = (listener: TransportListener, limits: TransportLimits) => Transport;
