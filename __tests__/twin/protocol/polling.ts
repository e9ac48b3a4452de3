import { contract } from "../../../app/contract";
import {
  type HttpResponse,
  sendRequest,
  balancerCookie,
  beginRequest,
  type RequestOptions,
  type Site,
} from "./requests";

/** Between the packets of one payload. Source: Engine.IO protocol 4, "HTTP long-polling: packet encoding". */
export const SEPARATOR = "\x1e";

/** Engine.IO's packets, by the digit that each begins with. Source: Engine.IO protocol 4, "Packet types". */
export const OPEN = "0";
export const CLOSE = "1";
export const PING = "2";
export const PONG = "3";
export const MESSAGE = "4";
export const UPGRADE = "5";
export const NOOP = "6";

/** What a server tells of itself in its first packet. */
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

/** The handshake that an open packet carries. @throws Error when it is another packet */
export function readHandshake(packet: string): Handshake {
  if (!packet.startsWith(OPEN)) throw new Error(`expected a handshake, got ${packet}`);
  return JSON.parse(packet.slice(1)) as Handshake;
}

export const POLLING_QUERY = { EIO: "4", transport: "polling" } as const;

/** A session over HTTP, request by request, which carries the load balancer's cookie like a browser. */
export class PollingSession {
  private constructor(
    private readonly site: Site,
    readonly handshake: Handshake,
    readonly cookie: string,
  ) {}

  /** @param cookie of an earlier visit, which names a task */
  static async open(site: Site, cookie = ""): Promise<PollingSession> {
    const answer = await sendRequest(site, socketPath(POLLING_QUERY), { headers: { cookie } });
    if (answer.status !== 200) throw new Error(`no session: ${answer.status} ${answer.text}`);
    return new PollingSession(site, readHandshake(answer.text), balancerCookie(answer) || cookie);
  }

  get sid(): string {
    return this.handshake.sid;
  }

  /** Waits for packets. @param headers others than a browser's */
  get(headers: RequestOptions["headers"] = {}): Promise<HttpResponse> {
    return sendRequest(this.site, this.path, { headers: { cookie: this.cookie, ...headers } });
  }

  /** Sends a payload: one packet, or several with separators in between. */
  post(body: string, headers: RequestOptions["headers"] = {}): Promise<HttpResponse> {
    return sendRequest(this.site, this.path, { method: "POST", body, headers: this.headersOf(headers) });
  }

  /** A POST whose body is still to come. */
  beginPost(length: number) {
    const headers = this.headersOf({ "content-length": String(length) });
    return beginRequest(this.site, this.path, { method: "POST", headers });
  }

  /** Packets of the next answer. @throws Error when the session is over */
  async receive(): Promise<string[]> {
    const { status, text } = await this.get();
    if (status !== 200) throw new Error(`the session is over: ${status} ${text}`);
    return text.split(SEPARATOR);
  }

  /** Asks until a packet comes that fits, and gives back all that came until then. */
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
