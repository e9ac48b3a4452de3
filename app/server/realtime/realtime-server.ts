import { type IncomingMessage, Server as HttpServer, type ServerResponse } from "node:http";
import { type Duplex } from "node:stream";
import { Server } from "socket.io";
import { contract } from "../../contract";
import { type ClusterAdapter } from "../cluster-adapter/cluster-adapter";
import { LocalQuota } from "../limits/local-quota";
import { sharedLimiter, taskLimiter } from "../limits/limiter";
import {
  CONNECTIONS_PER_ADDRESS,
  CONNECTIONS_PER_USER,
  EVENTS_PER_SOCKET,
  HANDSHAKES_PER_ADDRESS,
  LOCAL_HANDSHAKE_QUOTA,
  MESSAGES_PER_SOCKET,
} from "../limits/limits";
import { type Log } from "../operations/log";
import { type Metrics } from "../operations/metrics";
import { type Identity, type MessageLog, type Notifier } from "../services";
import { ConnectionsByAddress } from "./connections-by-address";
import { createAdmission } from "./admission";
import { createDispatcher } from "./dispatcher";
import { closeForReconnect } from "./engine-connection";
import { createHandshake } from "./handshake";
import { InFlightEvents } from "./in-flight-events";
import { createNotifier } from "./notifier";
import { textParser } from "./text-parser";
import { auditRooms } from "./room-audit";
import { rooms } from "./rooms";
import { Sweep, type SweepOptions } from "./sweep";
import { type RealtimeServer, type RealtimeSocket } from "./types";
import { SocketsByUser } from "./sockets-by-user";

/** A connection that has not asked to be let in by now is closed, in milliseconds. */
const CONNECT_TIMEOUT_MS = 5000;
/** Clients spread their catching up after a gap over at least this, and this much per connection, in milliseconds. */
const RESYNC_WITHIN_MS = 500;
const RESYNC_WITHIN_MS_PER_CONNECTION = 2;
const RESYNC_WITHIN_MS_MOST = 10_000;

export interface RealtimeOptions {
  readonly messages: MessageLog;
  readonly identity: Identity;
  readonly clusterAdapter: ClusterAdapter;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly allowedOrigins: readonly string[];
  readonly trustedProxyHops: number;
  /** Other caps than the ones that are kept in limits; for tests. */
  readonly caps?: { readonly connectionsPerAddress?: number; readonly connectionsPerUser?: number };
  readonly sweep?: Pick<SweepOptions, "intervalMs" | "recheckMs" | "ticketMs">;
}

/** The sockets of this task. */
export interface Realtime {
  readonly io: RealtimeServer;
  readonly notifier: Notifier;
  readonly inFlight: InFlightEvents;
  /** For requests below the socket path. */
  handleRequest(request: IncomingMessage, response: ServerResponse): void;
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  openConnections(): number;
  /** Lets some connections go, politely; their clients connect elsewhere. */
  closeConnections(count: number): void;
  close(): Promise<void>;
}

export function createRealtime(options: RealtimeOptions): Realtime {
  const { clusterAdapter, identity, messages, log, metrics } = options;
  const inFlight = new InFlightEvents();
  const users = new SocketsByUser(options.caps?.connectionsPerUser ?? CONNECTIONS_PER_USER);
  const io = createServer(options);
  const notifier = createNotifier({
    io,
    onMessage: ({ createdAt }) => metrics.delivered(Math.max(0, Date.now() - Date.parse(createdAt))),
  });

  io.use(createHandshake({ identity, isFull: (userId) => users.isFull(userId), isDraining: () => inFlight.draining }));
  const dispatch = createDispatcher({
    messages,
    identity,
    notifier,
    inFlight,
    log,
    metrics,
    messageLimiter: taskLimiter(MESSAGES_PER_SOCKET),
    eventLimiter: taskLimiter(EVENTS_PER_SOCKET),
  });
  function disconnected(this: RealtimeSocket): void {
    users.remove(this.data.principal.userId);
  }
  io.on("connection", (socket: RealtimeSocket) => {
    const { kind, userId, sessionId } = socket.data.principal;
    users.add(userId);
    const own = [rooms.user(userId), rooms.session(sessionId)];
    void socket.join(kind === "agent" ? [...own, rooms.agents] : own);
    socket.onAny(dispatch);
    socket.on("disconnect", disconnected);
    log.info({ socket: socket.id, kind, userId }, contract.logs.connectedLine);
  });

  const resync = (): void => {
    const withinMs = RESYNC_WITHIN_MS + io.sockets.sockets.size * RESYNC_WITHIN_MS_PER_CONNECTION;
    io.local.emit("resync", { withinMs: Math.min(RESYNC_WITHIN_MS_MOST, withinMs) });
    void auditRooms({ io, messages, log });
  };
  io.on("gap", resync);
  clusterAdapter.onGap({ here: resync, everywhere: () => io.serverSideEmit("gap") });
  const sweep = new Sweep({ io, identity, log, ...options.sweep });

  return {
    io,
    notifier,
    inFlight,
    handleRequest: (request, response) => io.engine.handleRequest(request, response),
    handleUpgrade: (request, socket, head) => io.engine.handleUpgrade(request, socket, head),
    openConnections: () => io.engine.clientsCount,
    closeConnections: (count) => {
      for (const socket of io.sockets.sockets.values()) {
        if (count-- <= 0) return;
        closeForReconnect(socket);
      }
    },
    close: async () => {
      sweep.stop();
      await io.close();
    },
  };
}

function createServer(options: RealtimeOptions): RealtimeServer {
  const { socket } = contract.container;
  const { trustedProxyHops, clusterAdapter } = options;
  const allowedOrigins = new Set(options.allowedOrigins);
  const connectionsByAddress = new ConnectionsByAddress(
    options.caps?.connectionsPerAddress ?? CONNECTIONS_PER_ADDRESS,
    trustedProxyHops,
  );
  // Attached to a server that never listens: routing of requests and upgrades is ours, Socket.IO would take over the listeners.
  const io: RealtimeServer = new Server(new HttpServer(), {
    path: socket.path,
    serveClient: false,
    transports: [...socket.transports],
    pingInterval: socket.heartbeat.pingIntervalSec * 1000,
    pingTimeout: socket.heartbeat.pingTimeoutSec * 1000,
    maxHttpBufferSize: socket.maxPayloadBytes,
    connectTimeout: CONNECT_TIMEOUT_MS,
    perMessageDeflate: false,
    parser: textParser,
    allowRequest: createAdmission({
      allowedOrigins,
      trustedProxyHops,
      connectionsByAddress,
      localQuota: new LocalQuota(LOCAL_HANDSHAKE_QUOTA),
      handshakeLimiter: sharedLimiter(HANDSHAKES_PER_ADDRESS, clusterAdapter.limiterStore),
    }),
    ...(clusterAdapter.adapter === undefined ? {} : { adapter: clusterAdapter.adapter }),
  });
  connectionsByAddress.watch(io.engine);
  allowReading(io, allowedOrigins);
  return io;
}

/** Lets pages of the other allowed origins read polling answers; WebSockets need no such header. */
function allowReading(io: RealtimeServer, allowedOrigins: ReadonlySet<string>): void {
  io.engine.on("headers", (headers: Record<string, string>, { headers: { origin } }: IncomingMessage) => {
    if (origin === undefined || !allowedOrigins.has(origin)) return;
    headers["Access-Control-Allow-Origin"] = origin;
    headers["Access-Control-Allow-Credentials"] = "true";
    headers["Vary"] = "Origin";
  });
}
