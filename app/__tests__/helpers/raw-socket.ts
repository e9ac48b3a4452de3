import { once } from "node:events";
import WebSocket from "ws";
import { ORIGIN, type Task } from "./task";

/** An Engine.IO 4 client that sends single frames, for packets that no client library sends. */
export class RawSocket {
  static readonly #open = new Set<RawSocket>();
  readonly received: string[] = [];
  closed: { readonly code: number } | undefined;

  private constructor(readonly ws: WebSocket) {
    ws.on("message", (data: Buffer) => {
      const frame = data.toString();
      this.received.push(frame);
      if (frame === "2") ws.send("3");
    });
    ws.on("close", (code) => (this.closed = { code }));
    ws.on("error", () => undefined);
    RawSocket.#open.add(this);
  }

  static async open(task: Pick<Task, "port">, headers: Record<string, string> = {}): Promise<RawSocket> {
    const ws = new WebSocket(`ws://127.0.0.1:${task.port}/socket.io/?EIO=4&transport=websocket`, {
      headers: { Origin: ORIGIN, ...headers },
    });
    const raw = new RawSocket(ws);
    await once(ws, "open");
    return raw;
  }

  /** Call it after each test. */
  static closeAll(): void {
    for (const raw of RawSocket.#open) raw.close();
    RawSocket.#open.clear();
  }

  /** Opens and connects with a ticket. */
  static async connected(task: Pick<Task, "port">, ticket: string): Promise<RawSocket> {
    const raw = await RawSocket.open(task);
    raw.send(`40${JSON.stringify({ ticket })}`);
    await raw.frame((frame) => frame.startsWith("40"));
    return raw;
  }

  send(frame: string | Buffer): void {
    this.ws.send(frame);
  }

  /** Waits for the first matching frame, received or not. @throws Error when there is none in time */
  async frame(fits: (frame: string) => boolean, ms = 8000): Promise<string> {
    const giveUpAt = Date.now() + ms;
    for (;;) {
      const found = this.received.find(fits);
      if (found !== undefined) return found;
      if (Date.now() > giveUpAt) throw new Error(`no matching frame among ${this.received.join(" | ").slice(0, 500)}`);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }

  close(): void {
    this.ws.terminate();
  }
}
