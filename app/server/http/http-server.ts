import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { type Duplex } from "node:stream";
import { contract } from "../../contract";
import { type Pages } from "../pages/pages";
import { clientAddress } from "./client-address";

/** Milliseconds between two looks for requests that take too long; Node's own 30 s would leave a slow attacker his connection so long. */
const CHECK_EVERY_MS = 1000;
/** Longest from the first byte of a request to the last of its body. */
const REQUEST_TIMEOUT_MS = 30_000;

type Handle = (request: IncomingMessage, response: ServerResponse) => unknown;

export interface HttpServerOptions {
  /** Health, liveness and readiness; false when the path is none of them. */
  readonly health: (request: IncomingMessage, response: ServerResponse) => boolean;
  readonly api: Handle;
  readonly pages: Pages;
  readonly sockets: {
    handleRequest(request: IncomingMessage, response: ServerResponse): void;
    handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  };
  /** No new socket may begin. */
  readonly isDraining: () => boolean;
  readonly trustedProxyHops: number;
  /** A request or upgrade that threw; it is answered with 500. */
  readonly onError: (error: unknown) => void;
  /** Other times than the contract's, in milliseconds; for tests. */
  readonly timeouts?: { readonly headersMs?: number; readonly requestMs?: number; readonly checkEveryMs?: number };
}

/** One server for everything: who gets a request is decided here, by its path. */
export function createHttpServer(options: HttpServerOptions): Server {
  const { http } = contract.container;
  const { timeouts } = options;
  const server = createServer({
    keepAliveTimeout: http.keepAliveTimeoutSec * 1000,
    headersTimeout: timeouts?.headersMs ?? http.headersTimeoutSec * 1000,
    requestTimeout: timeouts?.requestMs ?? REQUEST_TIMEOUT_MS,
    connectionsCheckingInterval: timeouts?.checkEveryMs ?? CHECK_EVERY_MS,
  });
  server.on("request", (request, response) => {
    void serve(request, response, options);
  });
  server.on("upgrade", (request, socket, head) => {
    // A socket without a listener would end the process when its peer resets it.
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
    options.onError(error);
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
  // Sessions of agents are next-auth's, which lives among the pages.
  if (path.startsWith("/api/") && !path.startsWith("/api/auth/")) return options.api(request, response);
  return options.pages.handle(request, response, clientAddress(request, options.trustedProxyHops));
}

function upgrade(request: IncomingMessage, socket: Duplex, head: Buffer, options: HttpServerOptions): void {
  if (!pathOf(request).startsWith(contract.container.socket.path)) return options.pages.upgrade(request, socket, head);
  if (options.isDraining() && isHandshake(request)) {
    socket.end("HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
    return;
  }
  options.sockets.handleUpgrade(request, socket, head);
}

function pathOf({ url }: IncomingMessage): string {
  return url?.split("?", 1)[0] ?? "/";
}

/** A request of a connection that exists already names it. */
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
