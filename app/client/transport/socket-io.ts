import { io, type ManagerOptions, type Socket, type SocketOptions } from "socket.io-client";
import {
  type Acknowledgement,
  type ClientEvent,
  type ClientPayload,
  type HandshakeRefusal,
  type ServerEvents,
} from "../../protocol";
import { type Transport, type TransportFactory, type TransportLimits, type TransportListener } from "./transport";

export interface SocketIoOptions {
  /** Origin of the server. */
  readonly url: string;
  /** @default "/socket.io/" */
  readonly path?: string;
  /** Overrides the choice of Engine.IO transports, headers and the like. */
  readonly socketOptions?: Partial<ManagerOptions & SocketOptions>;
}

export function socketIoTransport(options: SocketIoOptions): TransportFactory {
  return (listener, limits) => new SocketIoTransport(options, listener, limits);
}

/**
 * One Socket.IO socket with a manager of its own. Socket.IO's reconnection is off: it would neither come back after a refused handshake
 * or after the server closed the connection, nor present a new ticket.
 */
class SocketIoTransport implements Transport {
  readonly #socket: Socket;

  constructor(
    { url, path = "/socket.io/", socketOptions }: SocketIoOptions,
    listener: TransportListener,
    { connectMs }: TransportLimits,
  ) {
    this.#socket = io(url, {
      path,
      transports: ["websocket", "polling"],
      tryAllTransports: true,
      ...socketOptions,
      timeout: connectMs,
      autoConnect: false,
      reconnection: false,
      forceNew: true,
    });
    this.#socket.on("connect", () => listener.onOpen());
    this.#socket.on("disconnect", (reason) => {
      if (reason !== "io client disconnect") listener.onClose();
    });
    this.#socket.on("connect_error", (error: Error & { readonly data?: HandshakeRefusal }) =>
      listener.onRefused(error.data),
    );
    this.#socket.onAny((event: keyof ServerEvents, payload: unknown) => listener.onEvent(event, payload as never));
  }

  get connected(): boolean {
    return this.#socket.connected;
  }

  open(ticket: string): void {
    this.#socket.auth = { ticket };
    this.#socket.connect();
  }

  close(): void {
    this.#socket.disconnect();
  }

  async send<E extends ClientEvent>(
    event: E,
    payload: ClientPayload<E>,
    timeoutMs: number,
  ): Promise<Acknowledgement<E>> {
    return (await this.#socket.timeout(timeoutMs).emitWithAck(event, payload)) as Acknowledgement<E>;
  }
}
