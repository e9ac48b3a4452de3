import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { type AddressInfo } from "node:net";

export interface Entry {
  id: number;
  number: number;
  body: string;
  title?: string;
  state: "open" | "closed";
  labels: string[];
  user: { readonly type: "Bot" | "User" };
  pull_request?: object;
}

const BOT = { type: "Bot" } as const;

/** The part of GitHub's REST API that the pipeline uses, for one repository `acme/crm`, on a free port of this machine. */
export class FakeGithub {
  readonly comments = new Map<number, Entry[]>();
  readonly issues: Entry[] = [];
  /** Every request as `METHOD path`. */
  readonly requests: string[] = [];
  private nextId = 1;

  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  static async start(): Promise<FakeGithub> {
    const server = createServer();
    await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
    const github = new FakeGithub(server, `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    server.on("request", (request, response) => void github.answer(request, response));
    return github;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((done) => this.server.close(done));
  }

  /** The environment variables of a workflow's step. */
  get env(): Record<string, string> {
    return {
      GITHUB_ACTIONS: "true",
      GITHUB_API_URL: this.url,
      GITHUB_REPOSITORY: "acme/crm",
      GITHUB_TOKEN: "token-of-the-run",
    };
  }

  commentsOn(pullRequest: number): Entry[] {
    const existing = this.comments.get(pullRequest) ?? [];
    this.comments.set(pullRequest, existing);
    return existing;
  }

  entry(body: string, more: Partial<Entry> = {}): Entry {
    const id = this.nextId++;
    return { id, number: id, body, state: "open", labels: [], user: BOT, ...more };
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString();
    const { pathname, searchParams } = new URL(request.url ?? "", this.url);
    this.requests.push(`${request.method} ${pathname}`);
    const reply = (status: number, body?: unknown): void => {
      response
        .writeHead(status, { "content-type": "application/json" })
        .end(body === undefined ? "" : JSON.stringify(body));
    };
    if (request.headers.authorization !== "Bearer token-of-the-run") return reply(401, { message: "Bad credentials" });
    const path = pathname.replace("/repos/acme/crm", "");
    const given = (text === "" ? {} : JSON.parse(text)) as Partial<Entry>;
    if ((given.body?.length ?? 0) > 65_536)
      return reply(422, { message: "Body is too long (maximum is 65536 characters)" });
    return this.route(`${request.method} ${path}`, given, searchParams, reply);
  }

  private route(
    route: string,
    given: Partial<Entry>,
    query: URLSearchParams,
    reply: (status: number, body?: unknown) => void,
  ): void {
    const comments = /^(GET|POST) \/issues\/(\d+)\/comments$/.exec(route);
    if (comments) {
      const all = this.commentsOn(Number(comments[2]));
      if (comments[1] === "GET") return reply(200, page(all, query));
      all.push(this.entry(given.body ?? ""));
      return reply(201, all.at(-1));
    }
    const comment = /^(PATCH|DELETE) \/issues\/comments\/(\d+)$/.exec(route);
    if (comment) {
      for (const all of this.comments.values()) {
        const index = all.findIndex(({ id }) => id === Number(comment[2]));
        if (index === -1) continue;
        if (comment[1] === "DELETE") all.splice(index, 1);
        else all[index]!.body = given.body ?? "";
        return reply(comment[1] === "DELETE" ? 204 : 200);
      }
      return reply(404, { message: "Not Found" });
    }
    if (route === "GET /issues") {
      const label = query.get("labels");
      const wanted = this.issues.filter(
        ({ state, labels }) => state === query.get("state") && (label === null || labels.includes(label)),
      );
      return reply(200, page(wanted, query));
    }
    if (route === "POST /issues") {
      this.issues.push(this.entry(given.body ?? "", { title: given.title, labels: given.labels ?? [] }));
      return reply(201, this.issues.at(-1));
    }
    const issue = this.issues.find(({ number }) => route === `PATCH /issues/${number}`);
    if (issue === undefined) return reply(404, { message: "Not Found" });
    Object.assign(issue, given);
    return reply(200, issue);
  }
}

function page(all: readonly Entry[], query: URLSearchParams): Entry[] {
  const size = Number(query.get("per_page"));
  const start = (Number(query.get("page")) - 1) * size;
  return all.slice(start, start + size);
}
