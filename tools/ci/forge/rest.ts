import { CiError } from "../errors";

export interface RestOptions {
  /** Without a slash at the end. */
  readonly baseUrl: string;
  readonly headers: Readonly<Record<string, string>>;
}

type Method = "GET" | "POST" | "PATCH" | "PUT" | "DELETE";

const PAGE = 100;

/** More pages than any pull request has; a server that ignores `page` must not keep the pipeline busy forever. */
const MOST_PAGES = 100;

/** How long a request may take, in milliseconds. */
const TIMEOUT_MS = 30_000;

/** Calls a JSON API. Each method throws CiError with the status and what the server said, never with the token. */
export class Rest {
  constructor(private readonly options: RestOptions) {}

  async get<T>(path: string): Promise<T> {
    return (await this.send("GET", path)) as T;
  }

  /** Reads a list page by page. */
  async list<T>(path: string): Promise<T[]> {
    const all: T[] = [];
    for (let page = 1; page <= MOST_PAGES; page++) {
      const separator = path.includes("?") ? "&" : "?";
      const items = await this.get<T[]>(`${path}${separator}per_page=${PAGE}&page=${page}`);
      all.push(...items);
      if (items.length < PAGE) break;
    }
    return all;
  }

  async send(method: Method, path: string, body?: object): Promise<unknown> {
    const { baseUrl, headers } = this.options;
    const response = await fetch(`${baseUrl}${path}`, {
      method,
      headers: { "content-type": "application/json", ...headers },
      body: body && JSON.stringify(body),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    }).catch((error: unknown) => {
      throw new CiError(`${method} ${baseUrl}${path}: no answer (${(error as Error).message}). Run the job again.`);
    });
    const text = await response.text();
    if (!response.ok) {
      throw new CiError(
        `${method} ${baseUrl}${path}: ${response.status} ${response.statusText}: ${text.slice(0, 300)}`,
      );
    }
    return text === "" ? undefined : (JSON.parse(text) as unknown);
  }
}
