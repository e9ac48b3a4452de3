import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { type AddressInfo } from "node:net";

interface Note {
  id: number;
  body: string;
  author: { readonly id: number };
}

interface Issue {
  iid: number;
  description: string;
  labels: string;
  state: "opened" | "closed";
  author: { readonly id: number };
}

const OWN = { id: 1 } as const;

/** The part of GitLab's REST API that the pipeline uses, for project 42, on a free port of this machine. */
export class FakeGitlab {
  readonly notes: Note[] = [];
  readonly issues: Issue[] = [];
  /** Every request as `METHOD path`. */
  readonly requests: string[] = [];

  private constructor(
    private readonly server: Server,
    private readonly url: string,
  ) {}

  static async start(): Promise<FakeGitlab> {
    const server = createServer();
    await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
    const gitlab = new FakeGitlab(server, `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    server.on("request", (request, response) => void gitlab.answer(request, response));
    return gitlab;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((done) => this.server.close(done));
  }

  get env(): Record<string, string> {
    return { GITLAB_CI: "true", CI_API_V4_URL: this.url, CI_PROJECT_ID: "42", GITLAB_TOKEN: "project-token" };
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString();
    const given = (text === "" ? {} : JSON.parse(text)) as Record<string, string>;
    const { pathname } = new URL(request.url ?? "", this.url);
    const route = `${request.method} ${pathname}`;
    this.requests.push(route);
    const body = request.headers["private-token"] === "project-token" ? this.route(route, given) : undefined;
    response.writeHead(body === undefined ? 404 : 200, { "content-type": "application/json" });
    response.end(JSON.stringify(body ?? { message: "404 Not found" }));
  }

  private route(route: string, given: Readonly<Record<string, string>>): unknown {
    if (route === "GET /user") return OWN;
    if (route === "GET /projects/42/merge_requests/7/notes") return this.notes;
    if (route === "POST /projects/42/merge_requests/7/notes") {
      return this.notes.push({ id: this.notes.length, body: given["body"]!, author: OWN });
    }
    const note = this.notes.find(({ id }) => route === `PUT /projects/42/merge_requests/7/notes/${id}`);
    if (note) return Object.assign(note, given);
    if (route === "GET /projects/42/issues") return this.issues.filter(({ state }) => state === "opened");
    if (route === "POST /projects/42/issues") {
      const { description = "", labels = "" } = given;
      return this.issues.push({ iid: this.issues.length + 2, description, labels, state: "opened", author: OWN });
    }
    const issue = this.issues.find(({ iid }) => route.startsWith(`PUT /projects/42/issues/${iid}`));
    if (issue) return Object.assign(issue, given["state_event"] === "close" ? { state: "closed" } : given);
    return /^POST \/projects\/42\/issues\/\d+\/notes$/.test(route) ? given : undefined;
  }
}
