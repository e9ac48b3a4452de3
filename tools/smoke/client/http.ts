import { type IncomingHttpHeaders, request as plainRequest } from "node:http";
import { request as tlsRequest } from "node:https";

export interface Reply {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  readonly ms: number;
}

export interface Question {
  readonly method?: "GET" | "POST" | "DELETE";
  readonly cookie?: string;
  /** @default the deployment's own origin */
  readonly origin?: string;
  readonly body?: string;
  readonly contentType?: string;
}

/** AWS's managed web ACL rules refuse requests without a User-Agent. Source: AWS WAF, NoUserAgent_HEADER. */
export const USER_AGENT = "messenger-crm-smoke";

/** Sends requests to one deployment, each over a new connection, as a new client would. */
export class Http {
  /**
   * @param url where the deployment is, without a path
   * @param origin the Origin that its own pages have
   */
  constructor(
    readonly url: string,
    readonly origin: string,
    private readonly timeoutMs: number,
  ) {}

  /** Sends a request. @throws Error without an answer in time; its message says that, or the network's reason */
  send(path: string, question: Question = {}): Promise<Reply> {
    const { method = "GET", cookie = "", origin = this.origin, body, contentType = "application/json" } = question;
    const headers = {
      origin,
      "user-agent": USER_AGENT,
      ...(cookie !== "" && { cookie }),
      ...(body !== undefined && { "content-type": contentType, "content-length": Buffer.byteLength(body) }),
    };
    const target = new URL(path, this.url);
    const send: typeof plainRequest = target.protocol === "https:" ? tlsRequest : plainRequest;
    const started = performance.now();
    return new Promise((resolve, reject) => {
      const outgoing = send(target, { method, headers, agent: false }, (response) => {
        let text = "";
        response.setEncoding("utf8");
        response.on("data", (chunk: string) => (text += chunk));
        response.once("error", reject);
        response.once("end", () => {
          clearTimeout(timer);
          const ms = performance.now() - started;
          resolve({ status: response.statusCode ?? 0, headers: response.headers, text, ms });
        });
      });
      const late = new Error(`no answer to ${method} ${path} within ${this.timeoutMs / 1000} s`);
      const timer = setTimeout(() => outgoing.destroy(late), this.timeoutMs);
      outgoing.once("error", (error) => {
        clearTimeout(timer);
        reject(error);
      });
      outgoing.end(body);
    });
  }

  /** Posts JSON to the site's API. */
  post(path: string, cookie: string, body: object = {}): Promise<Reply> {
    return this.send(path, { method: "POST", cookie, body: JSON.stringify(body) });
  }
}

/** Returns the cookies that a reply sets, as a Cookie header; empty when it sets none. */
export function cookiesOf({ headers }: Pick<Reply, "headers">): string {
  return (headers["set-cookie"] ?? []).map((cookie) => cookie.split(";")[0]).join("; ");
}

/** Joins Cookie headers, without the empty ones. */
export function joinCookies(...cookies: readonly string[]): string {
  return cookies.filter((cookie) => cookie !== "").join("; ");
}

/** Parses a JSON object; `undefined` for everything else, such as a proxy's error page. */
export function jsonOf({ text }: Pick<Reply, "text">): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
