import { type Refusal, refusal, type TicketAnswer } from "../protocol";

const TIMEOUT_MS = 15_000;

export type Answer<T> = T | Refusal;
type Method = "GET" | "POST" | "PATCH" | "DELETE";

/** The REST side of the server. Never rejects: what did not come back is a refusal that may be tried again. */
export class RestClient {
  readonly #fetch: typeof fetch;
  readonly #origin: string;

  /** `origin` is empty in a browser: the page's own. */
  constructor(fetcher: typeof fetch, origin = "") {
    this.#fetch = fetcher;
    this.#origin = origin;
  }

  get<T extends { readonly ok: true }>(path: string): Promise<Answer<T>> {
    return this.#request("GET", path);
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

  /** A ticket for one handshake, of the agent or of the visitor: a browser may be both. */
  ticket(as: "agent" | "visitor"): Promise<Answer<TicketAnswer>> {
    return this.post(as === "visitor" ? "/api/tickets?as=visitor" : "/api/tickets");
  }

  async #request<T extends { readonly ok: true }>(method: Method, path: string, body?: object): Promise<Answer<T>> {
    try {
      const response = await this.#fetch(this.#origin + path, {
        method,
        credentials: "same-origin",
        cache: "no-store",
        signal: AbortSignal.timeout(TIMEOUT_MS),
        ...(body === undefined ? {} : { headers: { "content-type": "application/json" }, body: JSON.stringify(body) }),
      });
      const answer = (await response.json()) as Partial<Answer<T>>;
      // A proxy in between answers with something of its own while no task is healthy.
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
