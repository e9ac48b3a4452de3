import { type IncomingMessage } from "node:http";
import WebSocket from "ws";
import { scaledMs } from "../../helpers/time-limits";
import { type Handshake, PING, PONG, readHandshake, socketPath } from "./polling";
import { balancerCookie, type Site } from "./requests";

/** Milliseconds to wait for a frame, or for the close. */
const TIMEOUT_MS = scaledMs(15_000);
const POLL_INTERVAL_MS = 5;

export interface FrameOptions {
  /** Added to the handshake's query, or replacing parts of it: `sid` for an upgrade. */
  readonly query?: Readonly<Record<string, string>>;
  readonly cookie?: string;
  /** @default the site's own origin */
  readonly origin?: string;
  /** Whether pings are answered. @default true */
  readonly answersPings?: boolean;
}

/** Thrown when a handshake is answered with a status other than 101. */
export class HandshakeRefused extends Error {
  constructor(
    readonly status: number,
    readonly text: string,
  ) {
    super(`refused: ${status} ${text}`);
  }
}

/** A WebSocket, frame by frame; each frame is one packet. */
export class FrameSocket {
  /** Frames that were not taken yet. Pings are only counted. */
  readonly received: (string | Buffer)[] = [];
  pings = 0;
  /** The close code; `undefined` while it is open. */
  closeCode: number | undefined;
  /** The load balancer's cookie, sent or received at the handshake. */
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
    // An error also closes the socket; tests read the close code.
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

  /** Removes and returns the first frame that fits, waiting for it if necessary. @throws Error on timeout or close */
  async take(fits: (frame: string) => boolean = () => true): Promise<string> {
    const index = await this.poll(TIMEOUT_MS, "no such frame", () => {
      const found = this.received.findIndex((frame) => typeof frame === "string" && fits(frame));
      if (found < 0 && this.closeCode !== undefined)
        throw new Error(`closed with ${this.closeCode}: ${this.receivedText}`);
      return found < 0 ? undefined : found;
    });
    return this.received.splice(index, 1)[0] as string;
  }

  /** Returns the close code. @throws Error when it stays open */
  untilClosed(withinMs = TIMEOUT_MS): Promise<number> {
    return this.poll(withinMs, "still open", () => this.closeCode);
  }

  async takeHandshake(): Promise<Handshake> {
    return readHandshake(await this.take());
  }

  /** Closes with a close frame, like a page that is left. */
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
    return this.received.map(String).join(" | ").slice(0, 500) || "nothing received";
  }
}
