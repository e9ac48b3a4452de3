import WebSocket from "ws";

export interface RawSocketOptions {
  /** Origin of the server, such as `http://127.0.0.1:3000`. */
  readonly server: string;
  /** The handshake's auth payload: a ticket for our app, nothing for a bare server. */
  readonly auth?: Readonly<Record<string, string>>;
  /** Headers of the upgrade request. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Local address to connect from. @default chosen by the kernel */
  readonly localAddress?: string | undefined;
  /** Called with every event from the server. */
  readonly onEvent?: (name: string, payload: unknown) => void;
  /** Called when the server or the network closes the connection, with WebSocket's close code (1006 without a close frame). */
  readonly onClose?: (code: number) => void;
  /** Called with every ping of the server, which is answered. */
  readonly onPing?: () => void;
}

/** Longest wait for the end of the handshake, in milliseconds. */
const HANDSHAKE_MS = 30_000;

/**
 * A minimal Socket.IO client over one WebSocket, written against the protocol (Engine.IO 4, Socket.IO 5;
 * socket.io/docs/v4/engine-io-protocol and socket-io-protocol). It needs a tenth of the CPU of the real client, so that a load test
 * measures the server and not the generator. It does not reconnect.
 */
export class RawSocket {
  private readonly acknowledgements = new Map<number, (result: unknown) => void>();
  private nextId = 0;
  private constructor(private readonly socket: WebSocket) {}

  /** Connects and resolves after the handshake. @throws Error with the server's reason when it refuses */
  static connect(options: RawSocketOptions): Promise<RawSocket> {
    const url = `${options.server.replace(/^http/, "ws")}/socket.io/?EIO=4&transport=websocket`;
    const { headers, localAddress } = options;
    const socket = new WebSocket(url, { headers, perMessageDeflate: false, ...(localAddress && { localAddress }) });
    const raw = new RawSocket(socket);
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => fail(new Error("no answer to the handshake within 30 s")), HANDSHAKE_MS);
      let settled = false;
      const fail = (error: Error): void => {
        clearTimeout(timer);
        settled = true;
        socket.terminate();
        reject(error);
      };
      socket.on("error", fail);
      socket.on("close", (code) => {
        if (settled) options.onClose?.(code);
        else fail(new Error(`closed with ${code} before the handshake ended`));
      });
      socket.on("message", (data: Buffer) => {
        const packet = data.toString();
        if (packet.startsWith("40")) {
          clearTimeout(timer);
          settled = true;
          resolve(raw);
        } else if (packet.startsWith("44")) {
          fail(new Error(`refused: ${packet.slice(2)}`));
        } else {
          raw.receive(packet, options);
        }
      });
    });
  }

  /** Sends an event and resolves with the server's acknowledgement. */
  request(event: string, payload: unknown): Promise<unknown> {
    const id = this.nextId++;
    return new Promise((resolve) => {
      this.acknowledgements.set(id, resolve);
      this.socket.send(`42${id}${JSON.stringify([event, payload])}`);
    });
  }

  close(): void {
    this.socket.terminate();
  }

  /** Stops reading, so that TCP's receive window fills up. */
  pauseReading(): void {
    this.socket.pause();
  }

  private receive(packet: string, { auth, onEvent, onPing }: RawSocketOptions): void {
    if (packet === "2") {
      this.socket.send("3");
      onPing?.();
    } else if (packet.startsWith("0")) {
      this.socket.send(`40${auth === undefined ? "" : JSON.stringify(auth)}`);
    } else if (packet.startsWith("43")) {
      const start = packet.indexOf("[");
      const id = Number(packet.slice(2, start));
      const [result] = JSON.parse(packet.slice(start)) as unknown[];
      this.acknowledgements.get(id)?.(result);
      this.acknowledgements.delete(id);
    } else if (packet.startsWith("42") && onEvent) {
      const [name, payload] = JSON.parse(packet.slice(packet.indexOf("["))) as [string, unknown];
      onEvent(name, payload);
    }
  }
}
