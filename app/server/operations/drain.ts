import { type Server } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { type Log } from "./log";

/** Longest that the answers under way are waited for, in milliseconds; the database has its own, shorter, time limits. */
const IN_FLIGHT_MS = 8000;
/** Milliseconds between two batches of connections. */
const BATCH_EVERY_MS = 250;
/** Connections that the other tasks can take from us in one second without noticing. */
const CONNECTIONS_PER_SEC = 200;
/** Longest that the letting go takes, in milliseconds, whatever their number is. */
const LONGEST_SPREAD_MS = 25_000;
/** Requests under way get this long after the sockets, in milliseconds. */
const REQUESTS_MS = 5000;
/** Clients that were let go get this long to close their end, in milliseconds. */
const FAREWELL_MS = 1000;

export interface DrainOptions {
  /** Refuses new events and handshakes from now on; resolves when those under way are answered. */
  readonly settle: () => Promise<void>;
  readonly openConnections: () => number;
  /** Lets this many connections go, so that their clients connect elsewhere. */
  readonly closeConnections: (count: number) => void;
  readonly server: Server;
  readonly log: Log;
}

/** The way out that loses nobody anything: no new work, what is under way is answered, connections exit a few at a time. */
export class Drain {
  #hurry = new AbortController();
  #running: Promise<void> | undefined;

  constructor(private readonly options: DrainOptions) {}

  /** Called again while it runs, it makes haste: nothing is spread any more. */
  run(): Promise<void> {
    if (this.#running !== undefined) this.#hurry.abort();
    this.#running ??= this.#run();
    return this.#running;
  }

  async #run(): Promise<void> {
    const { log, settle, openConnections, server } = this.options;
    const startedAt = performance.now();
    log.info({ connections: openConnections() }, "draining");
    // The listener stays open while sockets exit, so that health goes on saying 503; handshakes are refused by then.
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
      // Two tasks that stop at the same moment should not send theirs at the same moments.
      await this.#pause(BATCH_EVERY_MS * (0.5 + Math.random()));
    }
    // Whoever came in between, or is in the middle of a handshake.
    closeConnections(Number.POSITIVE_INFINITY);
    await this.#pause(FAREWELL_MS);
  }

  async #closeServer(server: Server): Promise<void> {
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    server.closeIdleConnections();
    await Promise.race([closed, this.#pause(REQUESTS_MS)]);
    // A client that hangs: it had its time.
    server.closeAllConnections();
  }

  /** Waits, unless there is a hurry. */
  async #pause(ms: number): Promise<void> {
    await sleep(ms, undefined, { signal: this.#hurry.signal }).catch(() => undefined);
  }
}
