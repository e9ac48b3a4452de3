import { Agent, request, type IncomingHttpHeaders } from "node:http";

const TIMEOUT_MS = 15_000;

export interface Reply {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/**
 * One machine's way to the site: an address of its own, as everybody has behind a load balancer, and one of the ways into it. All
 * of 127.0.0.0/8 is local, so that any address of it can be one's own.
 */
export class Doorway {
  readonly agent: Agent;
  readonly localAddress: string;

  /**
   * @param url one of the ways in
   * @param origin what the site believes to be called
   * @param index of the machine, from 0
   */
  constructor(
    readonly url: string,
    readonly origin: string,
    index: number,
  ) {
    this.localAddress = localAddress(index);
    this.agent = new Agent({ localAddress: this.localAddress });
  }

  /** @throws Error when there is no answer in time */
  ask(
    method: string,
    path: string,
    { headers, body }: { headers?: Record<string, string>; body?: string } = {},
  ): Promise<Reply> {
    return new Promise((resolve, reject) => {
      const outgoing = request(
        this.url + path,
        { method, agent: this.agent, headers: { origin: this.origin, ...headers }, timeout: TIMEOUT_MS },
        (response) => {
          let text = "";
          response.setEncoding("utf8");
          response.on("data", (chunk: string) => (text += chunk));
          response.once("error", reject);
          response.once("end", () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }));
        },
      );
      outgoing.once("timeout", () => outgoing.destroy(new Error(`no answer to ${method} ${path} in time`)));
      outgoing.once("error", reject);
      outgoing.end(body);
    });
  }

  /** JSON of the site's API; a proxy in between may answer with something of its own. */
  async post<T extends object>(path: string, cookie: string, body: object = {}): Promise<Reply & { json?: T }> {
    const reply = await this.ask("POST", path, {
      headers: { "content-type": "application/json", cookie },
      body: JSON.stringify(body),
    });
    return reply.text.startsWith("{") ? { ...reply, json: JSON.parse(reply.text) as T } : reply;
  }

  close(): void {
    this.agent.destroy();
  }
}

/** Outside of the blocks that twins take. */
function localAddress(index: number): string {
  return `127.20.${(index >> 8) & 255}.${index & 255 || 1}`;
}

/** Name and value of the cookies that an answer sets. */
export function cookiesOf({ headers }: Reply): string {
  return (headers["set-cookie"] ?? []).map((cookie) => cookie.split(";")[0]).join("; ");
}
