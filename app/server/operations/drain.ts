import { type Server } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { type Log } from "./log";

/** Longest wait for events in flight, in milliseconds; the database's own time limits are shorter. */
const IN_FLIGHT_MS = 8000;
/** Milliseconds between two batches of connections. */
const BATCH_EVERY_MS = 250;
/** Connections per second that the other tasks can take over without slowing down. */
const CONNECTIONS_PER_SEC = 200;
/** Longest time over which the closing of connections is spread, in milliseconds, however many there are. */
const LONGEST_SPREAD_MS = 25_000;
/** Time for requests in flight after the sockets are closed, in milliseconds. */
const REQUESTS_MS = 5000;
/** Time for clients to close their end of a connection, in milliseconds. */
const CLIENT_CLOSE_MS = 1000;

export interface DrainOptions {
  /** Refuses new events and handshakes from now on; resolves when those in flight are answered. */
  readonly settle: () => Promise<void>;
  readonly openConnections: () => number;
  /** Closes up to this many connections; their clients reconnect to other tasks. */
  readonly closeConnections: (count: number) => void;
  readonly server: Server;
  readonly log: Log;
}

/** Empties a task without losing work: refuses new events, answers those in flight, and closes connections a few at a time. */
export class Drain {
  #skipDelays = new AbortController();
  #running: Promise<void> | undefined;

  constructor(private readonly options: DrainOptions) {}

  /** A second call while it runs skips every remaining delay. */
  run(): Promise<void> {
    if (this.#running !== undefined) this.#skipDelays.abort();
    this.#running ??= this.#run();
    return this.#running;
  }

  async #run(): Promise<void> {
    const { log, settle, openConnections, server } = this.options;
    const startedAt = performance.now();
    log.info({ connections: openConnections() }, "draining");
    // The listener stays open meanwhile, so that health checks receive 503; handshakes are refused already.
    await Promise.race([settle(), this.#pause(IN_FLIGHT_MS)]);
    await this.#spread();
    await this.#closeServer(server);
    log.info({ ms: Math.round(performance.now() - startedAt), left: openConnections() }, "drained");
  }

  async #spread(): Promise<void> {
    const { openConnections, closeConnections } = this.options;
    const open = openConnections();
    if (open === 0) return;
    const spreadMs = Math.min(LONGEST_SPREAD_MS, (open / CONNECTIONS_PER_SEC) * 1000);
    const batches = Math.max(1, Math.ceil(spreadMs / BATCH_EVERY_MS));
    const perBatch = Math.ceil(open / batches);
    for (let batch = 0; batch < batches; batch++) {
      closeConnections(perBatch);
      // Random, so that two tasks that stop together do not close their batches at the same moments.
      await this.#pause(BATCH_EVERY_MS * (0.5 + Math.random()));
    }
    // Connections that were opened meanwhile, or whose handshake is unfinished.
    closeConnections(Number.POSITIVE_INFINITY);
    await this.#pause(CLIENT_CLOSE_MS);
  }

  async #closeServer(server: Server): Promise<void> {
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    server.closeIdleConnections();
    await Promise.race([closed, this.#pause(REQUESTS_MS)]);
    // The remaining clients do not respond.
    server.closeAllConnections();
  }

  /** Waits, unless delays are skipped. */
  async #pause(ms: number): Promise<void> {
    await sleep(ms, undefined, { signal: this.#skipDelays.signal }).catch(() => undefined);
  }
}
