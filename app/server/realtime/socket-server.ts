import { type IncomingMessage, Server as HttpServer } from "node:http";
import { Server } from "socket.io";
import { contract } from "../../contract";
import { type ClusterAdapter } from "../cluster-adapter/cluster-adapter";
import { sharedLimiter } from "../limits/limiter";
import { CONNECTIONS_PER_ADDRESS, HANDSHAKES_PER_ADDRESS, LOCAL_HANDSHAKE_QUOTA } from "../limits/limits";
import { LocalQuota } from "../limits/local-quota";
import { createAdmission } from "./admission";
import { ConnectionsByAddress } from "./connections-by-address";
import { textParser } from "./text-parser";
import { type RealtimeServer } from "./types";

/** Milliseconds after which a connection that has not begun its handshake is closed. */
const CONNECT_TIMEOUT_MS = 5000;

export interface SocketServerOptions {
  readonly clusterAdapter: ClusterAdapter;
  readonly allowedOrigins: readonly string[];
  readonly trustedProxyHops: number;
  /**
   * Number with which this process begins the ids of its sessions. A proxy in front of several processes finds the right one by it.
   * @default ids without a number
   */
  readonly processNumber?: number | undefined;
  /** @default CONNECTIONS_PER_ADDRESS */
  readonly connectionsPerAddress?: number | undefined;
  /** @default all transports of the contract */
  readonly transports?: readonly (typeof contract.container.socket.transports)[number][] | undefined;
}

/** Creates Socket.IO's server with the settings of the contract. */
export function createSocketServer(options: SocketServerOptions): RealtimeServer {
  const { socket } = contract.container;
  const { trustedProxyHops, clusterAdapter } = options;
  const allowedOrigins = new Set(options.allowedOrigins);
  const connectionsByAddress = new ConnectionsByAddress(
    options.connectionsPerAddress ?? CONNECTIONS_PER_ADDRESS,
    trustedProxyHops,
  );
  // Attached to an HTTP server that never listens: Socket.IO would replace the listeners with which we route requests and upgrades.
  const io: RealtimeServer = new Server(new HttpServer(), {
    path: socket.path,
    serveClient: false,
    transports: [...(options.transports ?? socket.transports)],
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
  if (options.processNumber !== undefined) numberSessionIds(io, options.processNumber);
  connectionsByAddress.watch(io.engine);
  allowCrossOriginPolling(io, allowedOrigins);
  return io;
}

/** Begins the ids of sessions with a number and a dot, which Engine.IO's own ids never contain. */
function numberSessionIds({ engine }: RealtimeServer, processNumber: number): void {
  const generateId = engine.generateId.bind(engine);
  engine.generateId = async (request: IncomingMessage) => `${processNumber}.${await generateId(request)}`;
}

/** Lets pages of the allowed origins read polling responses; WebSockets need no such header. */
function allowCrossOriginPolling(io: RealtimeServer, allowedOrigins: ReadonlySet<string>): void {
  io.engine.on("headers", (headers: Record<string, string>, { headers: { origin } }: IncomingMessage) => {
    if (origin === undefined || !allowedOrigins.has(origin)) return;
    headers["Access-Control-Allow-Origin"] = origin;
    headers["Access-Control-Allow-Credentials"] = "true";
    headers["Vary"] = "Origin";
  });
}
