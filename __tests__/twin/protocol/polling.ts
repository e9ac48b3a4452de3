import { contract } from "../../../app/contract";
import {
  type HttpResponse,
  sendRequest,
  balancerCookie,
  beginRequest,
  type RequestOptions,
  type Site,
} from "./requests";

/** Separates the packets of one payload. Source: Engine.IO protocol 4, "HTTP long-polling: packet encoding". */
export const SEPARATOR = "\x1e";

/** Engine.IO's packet types: the digit that a packet begins with. Source: Engine.IO protocol 4, "Packet types". */
export const OPEN = "0";
export const CLOSE = "1";
export const PING = "2";
export const PONG = "3";
export const MESSAGE = "4";
export const UPGRADE = "5";
export const NOOP = "6";

/** The data of a server's first packet. */
export interface Handshake {
  readonly sid: string;
  readonly upgrades: readonly string[];
  readonly pingInterval: number;
  readonly pingTimeout: number;
  readonly maxPayload: number;
}

export function socketPath(query: Readonly<Record<string, string>>): string {
  return `${contract.container.socket.path}?${new URLSearchParams(query).toString()}`;
}

/** Parses the handshake in an open packet. @throws Error for any other packet */
export function readHandshake(packet: string): Handshake {
  if (!packet.startsWith(OPEN)) throw new Error(`expected a handshake, got ${packet}`);
  return JSON.parse(packet.slice(1)) as Handshake;
}

export const POLLING_QUERY = { EIO: "4", transport: "polling" } as const;

/** A long-polling session, request by request, that sends the load balancer's cookie like a browser. */
export class PollingSession {
  private constructor(
    private readonly site: Site,
    readonly handshake: Handshake,
    readonly cookie: string,
  ) {}

  /** @param cookie the load balancer's, which selects a task */
  static async open(site: Site, cookie = ""): Promise<PollingSession> {
    const answer = await sendRequest(site, socketPath(POLLING_QUERY), { headers: { cookie } });
    if (answer.status !== 200) throw new Error(`no session: ${answer.status} ${answer.text}`);
    return new PollingSession(site, readHandshake(answer.text), balancerCookie(answer) || cookie);
  }

  get sid(): string {
    return this.handshake.sid;
  }

  /** Polls for packets. @param headers in place of the usual ones */
  get(headers: RequestOptions["headers"] = {}): Promise<HttpResponse> {
    return sendRequest(this.site, this.path, { headers: { cookie: this.cookie, ...headers } });
  }

  /** Sends a payload: one packet, or several joined by separators. */
  post(body: string, headers: RequestOptions["headers"] = {}): Promise<HttpResponse> {
    return sendRequest(this.site, this.path, { method: "POST", body, headers: this.headersOf(headers) });
  }

  /** Starts a POST; the caller sends its body. */
  beginPost(length: number) {
    const headers = this.headersOf({ "content-length": String(length) });
    return beginRequest(this.site, this.path, { method: "POST", headers });
  }

  /** Returns the packets of the next response. @throws Error when the session has ended */
  async receive(): Promise<string[]> {
    const { status, text } = await this.get();
    if (status !== 200) throw new Error(`the session has ended: ${status} ${text}`);
    return text.split(SEPARATOR);
  }

  /** Polls until a packet fits, and returns all packets received until then. */
  async receiveUntil(fits: (packet: string) => boolean): Promise<string[]> {
    const packets: string[] = [];
    while (!packets.some(fits)) packets.push(...(await this.receive()));
    return packets;
  }

  /** Ends the session, if it has not ended. */
  async close(): Promise<void> {
    await this.post(CLOSE).catch(() => undefined);
  }

  private get path(): string {
    return socketPath({ ...POLLING_QUERY, sid: this.sid });
  }

  private headersOf(headers: RequestOptions["headers"]): Record<string, string> {
    return { cookie: this.cookie, "content-type": "text/plain;charset=UTF-8", ...headers };
  }
}
