import { type IncomingMessage } from "node:http";
import WebSocket from "ws";
import { scaledMs } from "../../helpers/time-limits";
import { type Handshake, PING, PONG, readHandshake, socketPath } from "./polling";
import { balancerCookie, type Site } from "./requests";

/** Longest wait for a frame, or for the end, in milliseconds. */
const TIMEOUT_MS = scaledMs(15_000);
const POLL_INTERVAL_MS = 5;

export interface FrameOptions {
  /** Instead of the handshake's, or beside it: `sid` for an upgrade. */
  readonly query?: Readonly<Record<string, string>>;
  readonly cookie?: string;
  /** @default that of the site's own page */
  readonly origin?: string;
  /** Whether pings are answered. @default true */
  readonly answersPings?: boolean;
}

/** A handshake that was answered by something else than 101. */
export class HandshakeRefused extends Error {
  constructor(
    readonly status: number,
    readonly text: string,
  ) {
    super(`refused: ${status} ${text}`);
  }
}

/** A WebSocket, frame by frame: each is one packet. */
export class FrameSocket {
  /** Frames that nobody has taken; pings are counted instead. */
  readonly received: (string | Buffer)[] = [];
  pings = 0;
  /** The code, once it is closed. */
  closeCode: number | undefined;
  /** The load balancer's cookie that it was opened with or got. */
  cookie: string;

  private constructor(
    private readonly ws: WebSocket,
    { cookie = "", answersPings = true }: FrameOptions,
  ) {
    this.cookie = cookie;
    ws.on("upgrade", (response) => (this.cookie = balancerCookie(response) || cookie));
    ws.on("message", (data: Buffer, isBinary) => {
      const frame = isBinary ? data : data.toString();
      if (frame !== PING) return void this.received.push(frame);
      this.pings += 1;
      if (answersPings) ws.send(PONG);
    });
    // What goes wrong closes it; the code tells.
    ws.on("error", () => undefined);
    ws.on("close", (code) => (this.closeCode = code));
  }

  /** @throws HandshakeRefused when the server does not switch protocols */
  static async open(site: Site, options: FrameOptions = {}): Promise<FrameSocket> {
    const { query, cookie = "", origin = site.origin } = options;
    const path = socketPath({ EIO: "4", transport: "websocket", ...query });
    const ws = new WebSocket(site.url.replace(/^http/, "ws") + path, { headers: { cookie, origin } });
    const socket = new FrameSocket(ws, options);
    await new Promise<void>((resolve, reject) => {
      ws.once("open", resolve);
      ws.once("error", reject);
      ws.once("unexpected-response", (_request, response: IncomingMessage) => {
        let text = "";
        response.on("data", (chunk: Buffer) => (text += chunk.toString()));
        response.once("end", () => reject(new HandshakeRefused(response.statusCode ?? 0, text)));
      });
    });
    return socket;
  }

  send(...frames: readonly (string | Buffer)[]): void {
    for (const frame of frames) this.ws.send(frame);
  }

  /** Removes and gives back the first frame, come or still to come, that fits. @throws Error when none does in a long time */
  async take(fits: (frame: string) => boolean = () => true): Promise<string> {
    const index = await this.poll(TIMEOUT_MS, "no such frame", () => {
      const found = this.received.findIndex((frame) => typeof frame === "string" && fits(frame));
      if (found < 0 && this.closeCode !== undefined)
        throw new Error(`closed with ${this.closeCode}: ${this.receivedText}`);
      return found < 0 ? undefined : found;
    });
    return this.received.splice(index, 1)[0] as string;
  }

  /** The code that it is closed with. @throws Error when it stays open */
  untilClosed(withinMs = TIMEOUT_MS): Promise<number> {
    return this.poll(withinMs, "still open", () => this.closeCode);
  }

  async takeHandshake(): Promise<Handshake> {
    return readHandshake(await this.take());
  }

  /** As a page that goes: with the WebSocket's own closing. */
  close(): void {
    this.ws.close();
  }

  terminate(): void {
    this.ws.terminate();
  }

  private async poll<T>(withinMs: number, otherwise: string, find: () => T | undefined): Promise<T> {
    const giveUpAt = Date.now() + withinMs;
    for (;;) {
      const found = find();
      if (found !== undefined) return found;
      if (Date.now() > giveUpAt) throw new Error(`${otherwise}: ${this.receivedText}`);
      await new Promise((resolve) => setTimeout(resolve, POLL_INTERVAL_MS));
    }
  }

  private get receivedText(): string {
    return this.received.map(String).join(" | ").slice(0, 500) || "nothing came";
  }
}
