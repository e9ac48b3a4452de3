import { type Refusal, refusal, type TicketAnswer } from "../protocol";

const TIMEOUT_MS = 15_000;

export type Answer<T> = T | Refusal;
type Method = "GET" | "POST" | "PATCH" | "DELETE";

/** Calls the server's REST API. Never rejects: a request without an answer becomes a refusal that may be retried. */
export class RestClient {
  readonly #fetch: typeof fetch;
  readonly #origin: string;

  /** @param origin empty in a browser, for the page's own origin */
  constructor(fetcher: typeof fetch, origin = "") {
    this.#fetch = fetcher;
    this.#origin = origin;
  }

  /** @param signal ends the request early; its answer is then a refusal */
  get<T extends { readonly ok: true }>(path: string, signal?: AbortSignal): Promise<Answer<T>> {
    return this.#request("GET", path, undefined, signal);
  }

  post<T extends { readonly ok: true }>(path: string, body: object = {}): Promise<Answer<T>> {
    return this.#request("POST", path, body);
  }

  patch<T extends { readonly ok: true }>(path: string, body: object): Promise<Answer<T>> {
    return this.#request("PATCH", path, body);
  }

  delete<T extends { readonly ok: true }>(path: string): Promise<Answer<T>> {
    return this.#request("DELETE", path, {});
  }

  /** Fetches a ticket for one handshake, as the agent or as the visitor: one browser may have a session of each. */
  ticket(as: "agent" | "visitor"): Promise<Answer<TicketAnswer>> {
    return this.post(as === "visitor" ? "/api/tickets?as=visitor" : "/api/tickets");
  }

  async #request<T extends { readonly ok: true }>(
    method: Method,
    path: string,
    body?: object,
    signal?: AbortSignal,
  ): Promise<Answer<T>> {
    const timeout = AbortSignal.timeout(TIMEOUT_MS);
    try {
      const response = await this.#fetch(this.#origin + path, {
        method,
        credentials: "same-origin",
        cache: "no-store",
        signal: signal === undefined ? timeout : AbortSignal.any([timeout, signal]),
        ...(body === undefined ? {} : { headers: { "content-type": "application/json" }, body: JSON.stringify(body) }),
      });
      const answer = (await response.json()) as Partial<Answer<T>>;
      // While no task is healthy, a proxy answers in a format of its own.
      if (typeof answer.ok !== "boolean") return unreachable();
      return answer as Answer<T>;
    } catch {
      return unreachable();
    }
  }
}

function unreachable(): Refusal {
  return refusal("UNAVAILABLE", "The server cannot be reached.");
}
