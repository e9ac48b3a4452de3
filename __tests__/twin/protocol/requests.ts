import { type ClientRequest, type IncomingHttpHeaders, request } from "node:http";
import { scaledMs } from "../../helpers/time-limits";

/** Milliseconds to wait for a response: longer than two heartbeats. */
const TIMEOUT_MS = scaledMs(60_000);

/** The URL that a client uses, and the origin that it sends. */
export interface Site {
  readonly url: string;
  readonly origin: string;
}

export interface RequestOptions {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface HttpResponse {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/** Sends one request over a new connection. */
export function sendRequest(site: Site, path: string, question: RequestOptions = {}): Promise<HttpResponse> {
  const { outgoing, answer } = beginRequest(site, path, question);
  outgoing.end(question.body);
  return answer;
}

/** Starts a request; the caller sends its body. */
export function beginRequest({ url, origin }: Site, path: string, { method = "GET", headers }: RequestOptions) {
  const outgoing: ClientRequest = request(url + path, {
    method,
    agent: false,
    headers: { origin, ...headers },
    timeout: TIMEOUT_MS,
  });
  const answer = new Promise<HttpResponse>((resolve, reject) => {
    outgoing.once("timeout", () => outgoing.destroy(new Error(`no answer to ${method} ${path}`)));
    outgoing.once("error", reject);
    outgoing.once("response", (response) => {
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (chunk: string) => (text += chunk));
      response.once("error", reject);
      response.once("end", () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }));
    });
  });
  return { outgoing, answer };
}

/** Returns `name=value` of the load balancer's cookie; empty when the response sets none. */
export function balancerCookie({ headers }: Pick<HttpResponse, "headers">): string {
  const cookies = (headers["set-cookie"] ?? []).map((cookie) => cookie.split(";")[0] ?? "");
  return cookies.find((pair) => pair.startsWith("AWSALB=")) ?? "";
}

/** Returns the part of that cookie that identifies a task; the rest is a time. */
export function taskOf(cookie: string): string {
  return cookie.split("|")[0] ?? "";
}

/** Returns a cookie for each of two tasks: sends requests without cookies until both have answered. */
export async function cookiesOfTasks(site: Site): Promise<[string, string]> {
  const cookies = new Map<string, string>();
  while (cookies.size < 2) {
    const cookie = balancerCookie(await sendRequest(site, "/api/livez"));
    cookies.set(taskOf(cookie), cookie);
  }
  return [...cookies.values()] as [string, string];
}
