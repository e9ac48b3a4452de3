import { type IncomingMessage, type ServerResponse } from "node:http";
import { type Duplex } from "node:stream";
import { contract } from "../../contract";
import { type ClusterAdapter } from "../cluster-adapter/cluster-adapter";
import { type Identity } from "../domain/ports/identity";
import { type MessageLog } from "../domain/ports/message-log";
import { type Notifier } from "../domain/ports/notifier";
import { taskLimiter } from "../limits/limiter";
import { CONNECTIONS_PER_USER, EVENTS_PER_SOCKET, MESSAGES_PER_SOCKET, PER_PERSON } from "../limits/limits";
import { PersonQuota } from "../limits/person-quota";
import { type Log } from "../operations/log";
import { type Metrics } from "../operations/metrics";
import { createDispatcher } from "./dispatcher";
import { closeForReconnect } from "./engine-connection";
import { createHandshake } from "./handshake";
import { InFlightEvents } from "./in-flight-events";
import { createNotifier } from "./notifier";
import { revalidateSockets } from "./revalidate-sockets";
import { Revocations } from "./revocations";
import { rooms } from "./rooms";
import { SessionCheck } from "./session-check";
import { createSocketServer, type SocketServerOptions } from "./socket-server";
import { SocketsByUser } from "./sockets-by-user";
import { Sweep, type SweepOptions } from "./sweep";
import { type Dispatch, type RealtimeServer, type RealtimeSocket } from "./types";

/** After a gap, clients catch up at random times within this period, in milliseconds; it grows with the number of connections. */
const RESYNC_MIN_MS = 500;
const RESYNC_MS_PER_CONNECTION = 2;
const RESYNC_MAX_MS = 10_000;

export interface RealtimeOptions {
  readonly messages: MessageLog;
  readonly identity: Identity;
  readonly clusterAdapter: ClusterAdapter;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly allowedOrigins: readonly string[];
  readonly trustedProxyHops: number;
  readonly processNumber?: number | undefined;
  /** @default all transports of the contract */
  readonly transports?: SocketServerOptions["transports"];
  /** Replaces the limits of `limits.ts`, and the clock of those for a person; for tests. */
  readonly caps?: {
    readonly connectionsPerAddress?: number;
    readonly connectionsPerUser?: number;
    readonly personClock?: () => number;
  };
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
  /** Closes up to this many connections; their clients reconnect to other tasks. */
  closeConnections(count: number): void;
  close(): Promise<void>;
}

export function createRealtime(options: RealtimeOptions): Realtime {
  const { identity, metrics, log } = options;
  const inFlight = new InFlightEvents();
  const io = createSocketServer({ ...options, connectionsPerAddress: options.caps?.connectionsPerAddress });
  const revocations = new Revocations(options.clusterAdapter.revocationFeed, Date.now);
  const notifier = createNotifier({
    io,
    revocations,
    onRevoked: (revocation) => {
      // The in-memory adapter of a single task warns about it.
      if (options.clusterAdapter.revocationFeed !== undefined) io.serverSideEmit("revoked", revocation);
    },
    onMessage: ({ createdAt }) => metrics.delivered(Math.max(0, Date.now() - Date.parse(createdAt))),
  });
  io.on("revoked", (revocation) => revocations.learn(revocation));
  acceptSockets(io, { inFlight, notifier, revocations }, options);
  resyncAfterGaps(io, options);
  const sweep = new Sweep({ io, identity, revocations, log, now: Date.now, ...options.sweep });

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

interface AcceptServices {
  readonly inFlight: InFlightEvents;
  readonly notifier: Notifier;
  readonly revocations: Revocations;
}

function acceptSockets(
  io: RealtimeServer,
  { inFlight, notifier, revocations }: AcceptServices,
  { messages, identity, log, metrics, caps }: RealtimeOptions,
): void {
  const users = new SocketsByUser(caps?.connectionsPerUser ?? CONNECTIONS_PER_USER);
  io.use(
    createHandshake({
      identity,
      revocations,
      sessionCheck: new SessionCheck(identity),
      isFull: (userId) => users.isFull(userId),
      isDraining: () => inFlight.draining,
    }),
  );
  const dispatch: Dispatch = createDispatcher({
    messages,
    identity,
    notifier,
    inFlight,
    log,
    metrics,
    messageLimiter: taskLimiter(MESSAGES_PER_SOCKET),
    eventLimiter: taskLimiter(EVENTS_PER_SOCKET),
    personQuota: new PersonQuota(PER_PERSON, caps?.personClock),
    now: Date.now,
  });
  function disconnected(this: RealtimeSocket): void {
    users.remove(this.data.principal.userId);
  }
  io.on("connection", (socket: RealtimeSocket) => {
    const { kind, userId, sessionId } = socket.data.principal;
    users.add(userId);
    const own = [rooms.user(userId), rooms.session(sessionId)];
    void socket.join([...own, kind === "agent" ? rooms.agents : rooms.visitors]);
    socket.onAny(dispatch);
    socket.on("disconnect", disconnected);
    log.info({ socket: socket.id, kind, userId }, contract.logs.connectedLine);
  });
}

/** Has the clients of this task catch up after a gap, and the other tasks do the same when they may have missed something. */
function resyncAfterGaps(io: RealtimeServer, { clusterAdapter, messages, log }: RealtimeOptions): void {
  const resync = (): void => {
    const withinMs = RESYNC_MIN_MS + io.sockets.sockets.size * RESYNC_MS_PER_CONNECTION;
    io.local.emit("resync", { withinMs: Math.min(RESYNC_MAX_MS, withinMs) });
    void revalidateSockets({ io, messages, log });
  };
  io.on("gap", resync);
  clusterAdapter.onGap({ here: resync, everywhere: () => io.serverSideEmit("gap") });
}
