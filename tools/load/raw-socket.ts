import WebSocket from "ws";

export interface RawSocketOptions {
  /** Origin of the server, such as `http://127.0.0.1:3000`. */
  readonly server: string;
  /** What the client says of itself in the handshake; a ticket for our app, nothing for a bare server. */
  readonly auth?: Readonly<Record<string, string>>;
  /** Of the upgrade request. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Where it comes from, of this machine's addresses. @default as the kernel likes */
  readonly localAddress?: string | undefined;
  /** Every event from the server, as it comes. */
  readonly onEvent?: (name: string, payload: unknown) => void;
  readonly onClose?: () => void;
}

/** Longest wait for the server's word that the handshake is through, in milliseconds. */
const HANDSHAKE_MS = 30_000;

/**
 * A client of Socket.IO over one WebSocket, written against the protocol (Engine.IO 4, Socket.IO 5; socket.io/docs/v4/engine-io-protocol
 * and socket-io-protocol) with nothing around it: it costs a tenth of the real client, so that a load is the server's and not its own.
 * It never reconnects by itself.
 */
export class RawSocket {
  private readonly acknowledgements = new Map<number, (result: unknown) => void>();
  private nextId = 0;
  private constructor(private readonly socket: WebSocket) {}

  /** Resolves once the handshake is through. @throws Error with the server's reason when it refuses */
  static connect(options: RawSocketOptions): Promise<RawSocket> {
    const url = `${options.server.replace(/^http/, "ws")}/socket.io/?EIO=4&transport=websocket`;
    const { headers, localAddress } = options;
    const socket = new WebSocket(url, { headers, perMessageDeflate: false, ...(localAddress && { localAddress }) });
    const raw = new RawSocket(socket);
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => fail(new Error("no answer to the handshake in time")), HANDSHAKE_MS);
      let settled = false;
      const fail = (error: Error): void => {
        clearTimeout(timer);
        settled = true;
        socket.terminate();
        reject(error);
      };
      socket.on("error", fail);
      socket.on("close", (code) => {
        if (settled) options.onClose?.();
        else fail(new Error(`closed with ${code} before the handshake was through`));
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

  /** Sends an event; resolves with what the server acknowledges it with. */
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

  /** Leaves what comes in the network, until the window of TCP is closed. */
  pauseReading(): void {
    this.socket.pause();
  }

  private receive(packet: string, { auth, onEvent }: RawSocketOptions): void {
    if (packet === "2") {
      this.socket.send("3");
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
