import { type IncomingMessage, type ServerResponse } from "node:http";
import { contract } from "../../contract";
import { CachedCheck } from "./cached-check";

/** Milliseconds for which the result of a database ping is reused. */
const PING_REUSE_MS = 2000;

export interface HealthOptions {
  readonly isDraining: () => boolean;
  /** @throws when the database does not answer in time */
  readonly pingDatabase: () => Promise<unknown>;
  readonly isAdapterConnected: () => boolean;
}

type Health = (request: IncomingMessage, response: ServerResponse) => boolean;

/**
 * Answers three different checks. Health tells the load balancer whether to send connections here. It does not ask the database: when that is
 * unavailable, every task would become unhealthy at once, and restarting them would not help. Liveness concerns this process only. Readiness
 * asks the database; without Redis a task is ready but degraded, because it still serves its own sockets.
 */
export function createHealth({ isDraining, pingDatabase, isAdapterConnected }: HealthOptions): Health {
  const { health } = contract.container;
  const database = new CachedCheck(pingDatabase, PING_REUSE_MS);
  return (request, response) => {
    const { url = "" } = request;
    if (!url.startsWith("/api/")) return false;
    switch (url.split("?", 1)[0]) {
      case health.path: {
        const draining = isDraining();
        answer(response, !draining, {
          status: draining ? "draining" : "ok",
          timestamp: new Date().toISOString(),
          websocket: draining ? "closing" : "connected",
        });
        return true;
      }
      case health.livenessPath:
        answer(response, true, { status: "ok" });
        return true;
      case health.readinessPath:
        void database.isPassing().then((isReachable) => {
          const adapter = isAdapterConnected();
          answer(response, isReachable && !isDraining(), {
            status: isDraining() ? "draining" : !isReachable ? "unavailable" : adapter ? "ok" : "degraded",
            database: isReachable ? "ok" : "unreachable",
            adapter: adapter ? "ok" : "unreachable",
          });
        });
        return true;
      default:
        return false;
    }
  };
}

function answer(response: ServerResponse, ok: boolean, body: object): void {
  response.writeHead(ok ? 200 : 503, { "Content-Type": "application/json", "Cache-Control": "no-store" });
  response.end(JSON.stringify(body));
}
