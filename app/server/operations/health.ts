import { type IncomingMessage, type ServerResponse } from "node:http";
import { contract } from "../../contract";
import { CachedCheck } from "./cached-check";

/** Milliseconds for which an answer of the database holds. */
const CHECK_HOLDS_MS = 2000;

export interface HealthOptions {
  readonly isDraining: () => boolean;
  /** @throws when the database does not answer in time */
  readonly pingDatabase: () => Promise<unknown>;
  readonly isAdapterConnected: () => boolean;
}

type Health = (request: IncomingMessage, response: ServerResponse) => boolean;

/**
 * Three questions that are not the same. Health is the load balancer's: may connections be sent here? It does not ask the database, since a
 * database that is away would make every task unhealthy at once, and restarting them all cures nothing. Liveness is about this process alone.
 * Readiness asks the database; Redis that is away leaves the task ready but degraded, since its own sockets are served.
 */
export function createHealth({ isDraining, pingDatabase, isAdapterConnected }: HealthOptions): Health {
  const { health } = contract.container;
  const database = new CachedCheck(pingDatabase, CHECK_HOLDS_MS);
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
