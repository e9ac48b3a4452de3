import { once } from "node:events";
import { type Server } from "node:http";
import { type AddressInfo } from "node:net";
import { io, type Socket } from "socket.io-client";
import { type Message } from "../../protocol";
import { type ClusterAdapter } from "../../server/cluster-adapter/cluster-adapter";
import { createClusterAdapter } from "../../server/cluster-adapter/create-cluster-adapter";
import { createHttpServer, type HttpServerOptions } from "../../server/http/http-server";
import { createHealth } from "../../server/operations/health";
import { createLog, type Log } from "../../server/operations/log";
import { Metrics } from "../../server/operations/metrics";
import { type Principal } from "../../server/domain/principal";
import { createRealtime, type Realtime, type RealtimeOptions } from "../../server/realtime/realtime-server";
import { type MessageLog } from "../../server/domain/ports/message-log";
import { MemoryIdentity } from "./memory-identity";
import { type MemoryLog } from "./memory-log";

export const ORIGIN = "https://crm.example.com";

export interface TaskOptions<Messages extends MessageLog = MemoryLog> {
  readonly messages: Messages;
  readonly identity?: MemoryIdentity;
  readonly clusterAdapter?: (log: ReturnType<typeof createLog>) => ClusterAdapter;
  readonly realtime?: Partial<RealtimeOptions>;
  readonly http?: Partial<HttpServerOptions>;
}

/** A task's sockets and HTTP server in this process, without pages and REST. */
export interface Task {
  readonly url: string;
  readonly port: number;
  readonly server: Server;
  readonly realtime: Realtime;
  readonly identity: MemoryIdentity;
  readonly clusterAdapter: ClusterAdapter;
  readonly metrics: Metrics;
  readonly log: Log;
  /** The log lines. */
  readonly lines: string[];
  close(): Promise<void>;
}

export async function startTask<Messages extends MessageLog>(options: TaskOptions<Messages>): Promise<Task> {
  const lines: string[] = [];
  const log = createLog({ level: "debug", service: "test", destination: { write: (line) => void lines.push(line) } });
  const metrics = new Metrics({ service: "test", write: () => undefined });
  const identity = options.identity ?? new MemoryIdentity();
  const clusterAdapter = options.clusterAdapter?.(log) ?? createClusterAdapter({ kind: "in-memory" });
  const realtime = createRealtime({
    messages: options.messages,
    identity,
    clusterAdapter,
    log,
    metrics,
    allowedOrigins: [ORIGIN],
    trustedProxyHops: 1,
    sweep: { intervalMs: 50, recheckMs: 200 },
    ...options.realtime,
  });
  const server = httpServerOf(realtime, clusterAdapter, log, options.http);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    server,
    realtime,
    identity,
    clusterAdapter,
    metrics,
    log,
    lines,
    close: async () => {
      await realtime.close();
      clusterAdapter.close();
      server.closeAllConnections();
      server.close();
    },
  };
}

function httpServerOf(
  realtime: Realtime,
  clusterAdapter: ClusterAdapter,
  log: Log,
  over: Partial<HttpServerOptions> | undefined,
): Server {
  const isDraining = (): boolean => realtime.inFlight.draining;
  return createHttpServer({
    health: createHealth({
      isDraining,
      pingDatabase: () => Promise.resolve(),
      isAdapterConnected: () => clusterAdapter.isConnected(),
    }),
    api: (_request, response) => response.end("api"),
    pages: {
      handle: (_request, response) => Promise.resolve(void response.end("page")),
      upgrade: () => false,
      close: () => Promise.resolve(),
    },
    sockets: realtime,
    isDraining,
    trustedProxyHops: 1,
    onError: (error) => log.error({ err: error }, "a request failed"),
    ...over,
  });
}

const open = new Set<Socket>();

/** Connects a client as a browser does. It uses WebSocket only and does not reconnect, unless the options say so. */
export async function connect(task: Pick<Task, "url" | "identity">, who: Principal, options = {}): Promise<Socket> {
  const ticket = task.identity.issueTicket(who);
  const socket = client(task, { auth: { ticket }, ...options });
  await new Promise<void>((resolve, reject) => {
    socket.once("connect", resolve);
    socket.once("connect_error", reject);
  });
  return socket;
}

export function client({ url }: Pick<Task, "url">, options = {}): Socket {
  const socket = io(url, {
    transports: ["websocket"],
    extraHeaders: { Origin: ORIGIN },
    reconnection: false,
    forceNew: true,
    ...options,
  });
  open.add(socket);
  return socket;
}

/** Disconnects every client. Call it after each test. */
export function closeClients(): void {
  for (const socket of open) socket.disconnect();
  open.clear();
}

/** Emits an event and returns the acknowledgement. @throws Error when there is none */
export function ask(socket: Socket, event: string, ...payload: unknown[]): Promise<Record<string, unknown>> {
  return socket.timeout(8000).emitWithAck(event, ...payload) as Promise<Record<string, unknown>>;
}

/** Collects the payloads of an event from now on. */
export function collect<T = Message>(socket: Socket, event: string): T[] {
  const received: T[] = [];
  socket.on(event, (value: T) => received.push(value));
  return received;
}

/** Waits until a condition holds. @throws Error when it does not in time */
export async function until(holds: () => boolean | Promise<boolean>, what: string, ms = 15_000): Promise<void> {
  const giveUpAt = Date.now() + ms;
  while (!(await holds())) {
    if (Date.now() > giveUpAt) throw new Error(`timed out waiting until ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
