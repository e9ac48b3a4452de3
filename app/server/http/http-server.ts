import { createServer, type IncomingMessage, type Server, ServerResponse } from "node:http";
import { type Socket } from "node:net";
import { type Duplex } from "node:stream";
import { contract } from "../../contract";
import { type Pages } from "../pages/pages";
import { clientAddress } from "./client-address";
import { isCutOff } from "./is-cut-off";

/** Milliseconds between two checks for slow requests. With Node's default of 30 s, slow attackers keep their connections longer. */
const TIMEOUT_CHECK_INTERVAL_MS = 1000;
/** Longest time from the first byte of a request to the last byte of its body. */
const REQUEST_TIMEOUT_MS = 30_000;

type Handle = (request: IncomingMessage, response: ServerResponse) => unknown;

export interface HttpServerOptions {
  /** Answers health, liveness and readiness checks; false for any other path. */
  readonly health: (request: IncomingMessage, response: ServerResponse) => boolean;
  readonly api: Handle;
  readonly pages: Pages;
  readonly sockets: {
    handleRequest(request: IncomingMessage, response: ServerResponse): void;
    handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  };
  /** While true, handshakes are refused. */
  readonly isDraining: () => boolean;
  readonly trustedProxyHops: number;
  /** Receives the error of a request or upgrade that failed; a request is answered with 500. */
  readonly onError: (error: unknown) => void;
  /** Replaces the contract's times, in milliseconds; for tests. */
  readonly timeouts?: { readonly headersMs?: number; readonly requestMs?: number; readonly checkEveryMs?: number };
}

/** Creates the only HTTP server, which routes requests by path to health checks, sockets, REST and pages. */
export function createHttpServer(options: HttpServerOptions): Server {
  const { http } = contract.container;
  const { timeouts } = options;
  const server = createServer({
    keepAliveTimeout: http.keepAliveTimeoutSec * 1000,
    headersTimeout: timeouts?.headersMs ?? http.headersTimeoutSec * 1000,
    requestTimeout: timeouts?.requestMs ?? REQUEST_TIMEOUT_MS,
    connectionsCheckingInterval: timeouts?.checkEveryMs ?? TIMEOUT_CHECK_INTERVAL_MS,
  });
  server.on("request", (request, response) => {
    void serve(request, response, options);
  });
  server.on("upgrade", (request, socket, head) => {
    // Without a listener, a reset by the client would end the process.
    socket.on("error", () => socket.destroy());
    try {
      upgrade(request, socket, head, options);
    } catch (error) {
      options.onError(error);
      socket.destroy();
    }
  });
  return server;
}

async function serve(request: IncomingMessage, response: ServerResponse, options: HttpServerOptions): Promise<void> {
  try {
    await route(request, response, options);
  } catch (error) {
    if (!isCutOff(error)) options.onError(error);
    fail(response);
  }
}

function route(request: IncomingMessage, response: ServerResponse, options: HttpServerOptions): unknown {
  if (options.health(request, response)) return undefined;
  const path = pathOf(request);
  if (path.startsWith(contract.container.socket.path)) {
    if (options.isDraining() && isHandshake(request)) return refuse(response);
    return options.sockets.handleRequest(request, response);
  }
  // next-auth runs inside Next and handles /api/auth.
  if (path.startsWith("/api/") && !path.startsWith("/api/auth/")) return options.api(request, response);
  return options.pages.handle(request, response, clientAddress(request, options.trustedProxyHops));
}

function upgrade(request: IncomingMessage, socket: Duplex, head: Buffer, options: HttpServerOptions): void {
  if (!pathOf(request).startsWith(contract.container.socket.path)) {
    if (!options.pages.upgrade(request, socket, head)) serveWithoutUpgrade(request, socket, options);
    return;
  }
  if (options.isDraining() && isHandshake(request)) {
    socket.end("HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
    return;
  }
  options.sockets.handleUpgrade(request, socket, head);
}

/**
 * Answers a request whose upgrade is not on offer as if it asked for none (RFC 9110, 7.8), and closes the connection: Node has stopped parsing
 * it. Without an answer, the load balancer would report 502, and anybody could set off the alarms on 5xx.
 */
function serveWithoutUpgrade(request: IncomingMessage, socket: Duplex, options: HttpServerOptions): void {
  const response = new ServerResponse(request);
  response.shouldKeepAlive = false;
  response.assignSocket(socket as Socket);
  response.once("finish", () => socket.end());
  void serve(request, response, options);
}

function pathOf({ url }: IncomingMessage): string {
  return url?.split("?", 1)[0] ?? "/";
}

/** Requests of an existing connection carry its session id. */
function isHandshake({ url }: IncomingMessage): boolean {
  return !/[?&]sid=[^&]/.test(url ?? "");
}

function refuse(response: ServerResponse): void {
  response.writeHead(503, { "Content-Type": "application/json", "Retry-After": "1", Connection: "close" });
  response.end('{"message":"Shutting down"}');
}

function fail(response: ServerResponse): void {
  if (!response.headersSent) response.writeHead(500, { "Content-Type": "text/plain" });
  response.end();
}
