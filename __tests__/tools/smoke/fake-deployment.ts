import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { type AddressInfo } from "node:net";
import { type Duplex } from "node:stream";
import { WebSocketServer, type WebSocket } from "ws";

/** What is wrong with a deployment. */
export interface Faults {
  readonly noCookie?: boolean;
  /** The cookie is set, but does not select the task. */
  readonly cookieIgnored?: boolean;
  readonly anyOrigin?: boolean;
  /** Only the clients of the writer's own task hear a message. */
  readonly noFanOut?: boolean;
  readonly oneTask?: boolean;
  readonly noUpgrade?: boolean;
  /** A socket without traffic is closed after this time. */
  readonly idleCutMs?: number;
  readonly redirectTo?: string;
  readonly ready?: { readonly status: number; readonly body: object };
  readonly healthStatus?: number;
  readonly ownOriginRefused?: boolean;
  readonly pollingOnly?: boolean;
  /** Acknowledged messages are not in the log. */
  readonly losesMessages?: boolean;
  readonly noVisitors?: boolean;
  readonly refusesReconnects?: boolean;
}

interface Message {
  readonly conversationId: string;
  readonly clientMessageId: string;
  readonly seq: number;
}

const CONVERSATION = randomUUID();
const PING_MS = 25_000;

/** Two tasks behind a load balancer with cookies, with as much of the application's protocol as its clients need. */
export class FakeDeployment {
  visitors = 0;
  readonly log: Message[] = [];
  private readonly sessions: readonly Set<string>[] = [new Set(), new Set()];
  private readonly sockets = new Map<WebSocket, number>();
  private readonly upgrades = new WebSocketServer({ noServer: true });
  private requests = 0;
  private cutConnections = 0;

  private constructor(
    private readonly server: Server,
    private readonly faults: Faults,
  ) {
    server.on("request", (request, response) => void this.answer(request, response));
    server.on("upgrade", (request, socket, head) => this.upgrade(request, socket, head));
  }

  static async start(faults: Faults = {}): Promise<FakeDeployment> {
    const deployment = new FakeDeployment(createServer(), faults);
    await new Promise<void>((done) => deployment.server.listen(0, "127.0.0.1", done));
    return deployment;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Closes the connections of one task, as when it stops. */
  stopTask(task: number): void {
    for (const [socket, of] of this.sockets) if (of === task) socket.close(1001);
  }

  async stop(): Promise<void> {
    for (const socket of this.sockets.keys()) socket.terminate();
    this.server.closeAllConnections();
    await new Promise((done) => this.server.close(done));
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await textOf(request);
    const { pathname } = new URL(request.url!, this.url);
    const json = (status: number, value: object): unknown =>
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(value));
    const { redirectTo = "/sign-in", ready, healthStatus = 200 } = this.faults;
    if (pathname === "/") return void response.writeHead(307, { location: redirectTo }).end();
    if (pathname === "/sign-in") return void response.writeHead(200, { "content-type": "text/html" }).end("<html>");
    if (pathname === "/api/health")
      return void json(healthStatus, { status: healthStatus === 200 ? "ok" : "draining" });
    if (pathname === "/api/readyz") {
      return void json(ready?.status ?? 200, ready?.body ?? { status: "ok", database: "ok", adapter: "ok" });
    }
    if (pathname.startsWith("/api/visitors")) return this.visitor(request, response);
    if (pathname === "/api/tickets") return void json(200, { ok: true, ticket: "ticket" });
    if (pathname === "/socket.io/") return this.poll(request, response, body);
    json(404, {});
  }

  private visitor(request: IncomingMessage, response: ServerResponse): void {
    const isKnown = (request.headers.cookie ?? "").includes("visitor=token");
    const isAllowed = request.method === "POST" ? this.faults.noVisitors !== true : isKnown;
    if (request.method === "POST" && isAllowed) this.visitors++;
    response.writeHead(isAllowed ? 200 : 429, { "set-cookie": "visitor=token; HttpOnly" });
    response.end(JSON.stringify(isAllowed ? { ok: true, visitor: { conversationId: CONVERSATION } } : { ok: false }));
  }

  private poll(request: IncomingMessage, response: ServerResponse, body: string): void {
    const task = this.taskOf(request);
    const sid = new URL(request.url!, this.url).searchParams.get("sid");
    if (!this.isAllowed(request)) return void response.writeHead(403).end();
    if (!this.faults.noCookie) response.setHeader("set-cookie", `AWSALB=task-${task}; Path=/`);
    if (sid === null) return void response.end(`0${JSON.stringify(this.open(task))}`);
    const isKnown = this.sessions[task]!.has(sid);
    response.writeHead(isKnown ? 200 : 400);
    response.end(isKnown && body === "3" ? "ok" : JSON.stringify({ code: 1, message: "Session ID unknown" }));
  }

  private upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const task = this.taskOf(request);
    const sid = new URL(request.url!, this.url).searchParams.get("sid");
    const refuse = (status: string): unknown => socket.end(`HTTP/1.1 ${status}\r\nconnection: close\r\n\r\n`);
    if (this.faults.noUpgrade) return void refuse("200 OK");
    if (!this.isAllowed(request)) return void refuse("400 Bad Request");
    if (sid !== null && !this.sessions[task]!.has(sid)) return void refuse("400 Bad Request");
    if (this.faults.refusesReconnects && this.cutConnections > 0) return void refuse("503 Service Unavailable");
    this.upgrades.handleUpgrade(request, socket, head, (websocket) => this.connected(websocket, task, sid));
  }

  private connected(socket: WebSocket, task: number, sid: string | null): void {
    this.sockets.set(socket, task);
    const { idleCutMs } = this.faults;
    const timer = idleCutMs === undefined ? undefined : setTimeout(() => socket.terminate(), idleCutMs);
    socket.on("close", (code) => {
      clearTimeout(timer);
      if (code === 1006 && sid === null) this.cutConnections++;
      this.sockets.delete(socket);
    });
    socket.on("message", (data: Buffer) => {
      timer?.refresh();
      this.receive(socket, data.toString());
    });
    if (sid === null) socket.send(`0${JSON.stringify(this.open(task))}`);
  }

  private receive(socket: WebSocket, packet: string): void {
    if (packet === "2probe") socket.send("3probe");
    if (packet.startsWith("40")) socket.send('40{"sid":"x"}');
    const event = /^42(\d+)(\[.*)$/s.exec(packet);
    if (event === null) return;
    const [name, payload] = JSON.parse(event[2]!) as [string, Message];
    const result = name === "message:send" ? this.store(socket, payload) : name === "sync" ? this.sync() : { ok: true };
    socket.send(`43${event[1]}${JSON.stringify([result])}`);
  }

  private store(writer: WebSocket, payload: Message): object {
    const earlier = this.log.find(({ clientMessageId }) => clientMessageId === payload.clientMessageId);
    const message = earlier ?? { ...payload, seq: this.log.length + 1 };
    if (earlier === undefined) this.log.push(message);
    for (const [socket, task] of this.sockets) {
      if (this.faults.noFanOut && task !== this.sockets.get(writer)) continue;
      socket.send(`42${JSON.stringify(["message", message])}`);
    }
    return { ok: true, seq: message.seq };
  }

  private sync(): object {
    const messages = this.faults.losesMessages ? [] : this.log;
    return { ok: true, conversations: { [CONVERSATION]: { ok: true, messages, more: false } } };
  }

  private open(task: number): object {
    const sid = randomUUID();
    this.sessions[task]!.add(sid);
    const upgrades = this.faults.pollingOnly ? [] : ["websocket"];
    return { sid, upgrades, pingInterval: PING_MS, pingTimeout: 20_000, maxPayload: 65_536 };
  }

  private taskOf({ headers: { cookie = "" } }: IncomingMessage): number {
    if (this.faults.oneTask) return 0;
    const chosen = this.faults.cookieIgnored ? undefined : /AWSALB=task-(\d)/.exec(cookie)?.[1];
    return chosen === undefined ? this.requests++ % 2 : Number(chosen);
  }

  private isAllowed({ headers: { origin } }: IncomingMessage): boolean {
    if (this.faults.ownOriginRefused) return false;
    return this.faults.anyOrigin === true || origin === this.url;
  }
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = "";
  for await (const chunk of request) text += String(chunk);
  return text;
}
