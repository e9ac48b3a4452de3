import { z } from "zod";
import { contract } from "../../contract";
import { type Log } from "../operations/log";
import { type Revocation, type RevocationFeed, REVOCATION_MS } from "../realtime/revocations";

const KEY = `${contract.container.redis.keyPrefix}revocations`;
/** Milliseconds between two reads: how long another task's tickets outlive their session. */
const INTERVAL_MS = 500;
/** Milliseconds after the last successful read until another task may know more; a failed read counts at once. */
const CURRENT_MS = 1500;
const TIMEOUT_MS = 1000;
/** Most entries of one read. */
const PAGE = 1000;

const entry = z.object({
  reason: z.enum(["signed-out", "disabled"]),
  id: z.string().min(1).max(200),
  until: z.coerce.number().int(),
});

/** The commands of a node-redis client or cluster that are used here. */
export interface StreamCommands {
  xAdd(
    key: string,
    id: "*",
    message: Record<string, string>,
    options: {
      readonly TRIM: { readonly strategy: "MINID"; readonly strategyModifier: "~"; readonly threshold: number };
    },
  ): Promise<unknown>;
  xRange(
    key: string,
    start: string,
    end: string,
    options: { readonly COUNT: number },
  ): Promise<readonly { readonly id: string; readonly message: Readonly<Record<string, string>> }[]>;
  pExpire(key: string, ms: number): Promise<unknown>;
}

/**
 * Revocations of all tasks, in a Redis stream that holds no more than the life of a ticket. Pub/Sub would lose what is published while a task
 * is away; a stream is read from where the task stopped. Polling costs two commands per second, a read at each handshake one per handshake.
 */
export class RevocationStream implements RevocationFeed {
  readonly #timer: NodeJS.Timeout;
  /** This task's own, until they expire: Redis may lose them. */
  #own: Revocation[] = [];
  #listener: ((revocation: Revocation) => void) | undefined;
  #readTo = "0";
  #readAt = Number.NEGATIVE_INFINITY;
  #reading = false;
  #failed = true;

  constructor(
    private readonly commands: StreamCommands,
    private readonly log: Log,
    intervalMs = INTERVAL_MS,
  ) {
    this.#timer = setInterval(() => void this.#read(), intervalMs);
    this.#timer.unref();
  }

  isCurrent(): boolean {
    return performance.now() - this.#readAt < CURRENT_MS;
  }

  publish(revocation: Revocation): void {
    const now = Date.now();
    this.#own = [...this.#own.filter(({ until }) => until > now), revocation];
    // While Redis is unavailable, the next successful read publishes it.
    this.#add(revocation).catch(() => (this.#failed = true));
  }

  listen(listener: (revocation: Revocation) => void): void {
    this.#listener = listener;
    void this.#read();
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#listener = undefined;
  }

  async #read(): Promise<void> {
    if (this.#reading || this.#listener === undefined) return;
    this.#reading = true;
    try {
      // After a failure from the beginning, because a restarted Redis may count its entries from an earlier time.
      if (this.#failed) this.#readTo = "0";
      const startedAt = performance.now();
      while ((await this.#readPage()) === PAGE);
      this.#readAt = startedAt;
      if (this.#failed) await this.#addOwn();
      this.#failed = false;
    } catch {
      // Redis is away, which its client has logged; `isCurrent` becomes false.
      this.#failed = true;
      this.#readAt = Number.NEGATIVE_INFINITY;
    } finally {
      this.#reading = false;
    }
  }

  async #readPage(): Promise<number> {
    const start = this.#readTo === "0" ? "-" : `(${this.#readTo}`;
    const entries = await inTime(this.commands.xRange(KEY, start, "+", { COUNT: PAGE }));
    for (const { id, message } of entries) {
      this.#readTo = id;
      const revocation = entry.safeParse(message);
      if (revocation.success) this.#listener?.(revocation.data);
      else this.log.warn({ id }, "a revocation of another task could not be read");
    }
    return entries.length;
  }

  async #addOwn(): Promise<void> {
    const now = Date.now();
    for (const revocation of this.#own) if (revocation.until > now) await this.#add(revocation);
  }

  async #add({ reason, id, until }: Revocation): Promise<void> {
    const threshold = Date.now() - REVOCATION_MS;
    await inTime(
      this.commands.xAdd(
        KEY,
        "*",
        { reason, id, until: String(until) },
        { TRIM: { strategy: "MINID", strategyModifier: "~", threshold } },
      ),
    );
    await inTime(this.commands.pExpire(KEY, REVOCATION_MS));
  }
}

/** Rejects when Redis hangs; a late answer is ignored. */
function inTime<T>(answer: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error("Redis did not answer in time")), TIMEOUT_MS);
    answer.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
