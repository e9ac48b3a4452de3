import { Agent, request, type IncomingHttpHeaders } from "node:http";

const TIMEOUT_MS = 15_000;

export interface Reply {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/**
 * Sends requests from its own local address through one URL of the load balancer, as a separate machine would. Every address in
 * 127.0.0.0/8 is local.
 */
export class HttpClient {
  readonly agent: Agent;
  readonly localAddress: string;

  /**
   * @param url of the load balancer
   * @param origin the site's configured origin
   * @param index selects the local address, from 0
   */
  constructor(
    readonly url: string,
    readonly origin: string,
    index: number,
  ) {
    this.localAddress = localAddress(index);
    this.agent = new Agent({ localAddress: this.localAddress });
  }

  /** Sends a request. @throws Error if there is no response in time */
  send(
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
      outgoing.once("timeout", () =>
        outgoing.destroy(new Error(`no response to ${method} ${path} within ${TIMEOUT_MS / 1000} s`)),
      );
      outgoing.once("error", reject);
      outgoing.end(body);
    });
  }

  /** Posts JSON to the site's API. `json` is not set when a proxy responds with something else. */
  async post<T extends object>(path: string, cookie: string, body: object = {}): Promise<Reply & { json?: T }> {
    const reply = await this.send("POST", path, {
      headers: { "content-type": "application/json", cookie },
      body: JSON.stringify(body),
    });
    return reply.text.startsWith("{") ? { ...reply, json: JSON.parse(reply.text) as T } : reply;
  }

  close(): void {
    this.agent.destroy();
  }
}

/** Returns a local address outside the blocks that twins use. */
function localAddress(index: number): string {
  return `127.20.${(index >> 8) & 255}.${index & 255 || 1}`;
}

/** Returns the cookies that a response sets, as a Cookie header. */
export function cookiesOf({ headers }: Reply): string {
  return (headers["set-cookie"] ?? []).map((cookie) => cookie.split(";")[0]).join("; ");
}
