import { randomUUID } from "node:crypto";
import { setImmediate as nextTurn } from "node:timers/promises";
import { indexTokens } from "../../protocol/search-text";
import { type Database } from "../data/database";
import { type Log } from "../operations/log";
import { CLAIM, STORE } from "./statements";

/** Messages of one pass. */
const BATCH = 200;
/** Characters after which everything else on the task has its turn: a few milliseconds of work. */
const CHARACTERS_AT_ONCE = 10_000;
/** Milliseconds between two passes when there is nothing left; a search reads what came since. */
const IDLE_MS = 10_000;
/** A pass that found work is followed by a pause of this many times its duration, and one that found none by a longer one. */
const PAUSE_FACTOR = { busy: 4, idle: 50 } as const;
/** Seconds for which no other task indexes, longer than the longest pause of an idle database. */
const LEASE_SEC = 60;

interface ClaimedRow {
  readonly conversation_id: string;
  readonly seq: number;
  readonly body: string;
  readonly created_at: Date;
}

/** Returns the tokens of each message, separated by spaces. */
async function tokensOf(rows: readonly ClaimedRow[]): Promise<readonly string[]> {
  const tokens: string[] = [];
  let characters = 0;
  for (const { body } of rows) {
    tokens.push(indexTokens(body).join(" "));
    characters += body.length;
    if (characters < CHARACTERS_AT_ONCE) continue;
    characters = 0;
    await nextTurn();
  }
  return tokens;
}

export interface SearchIndexerOptions {
  readonly database: Database;
  readonly log: Log;
  /** @default 10,000 ms */
  readonly idleMs?: number;
}

/**
 * Adds messages to the search index after they were stored, in batches and by one task at a time, so that sending costs nothing more. Also
 * indexes what was stored before the index existed.
 */
export class SearchIndexer {
  readonly #holder = randomUUID();
  #timer: NodeJS.Timeout | undefined;
  #stopped = true;

  constructor(private readonly options: SearchIndexerOptions) {}

  start(): void {
    this.#stopped = false;
    this.#schedule((this.options.idleMs ?? IDLE_MS) * Math.random());
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  /** Indexes one batch. Returns the number of its messages: 0 when there are none, or another task is indexing. */
  async indexBatch(): Promise<number> {
    const { database } = this.options;
    const rows = await database.query<ClaimedRow>(CLAIM, [this.#holder, LEASE_SEC, BATCH]);
    if (rows.length === 0) return 0;
    await database.query(STORE, [
      rows.map((row) => row.conversation_id),
      rows.map(({ seq }) => seq),
      await tokensOf(rows),
      rows.map((row) => row.created_at),
    ]);
    return rows.length;
  }

  #schedule(delayMs: number): void {
    if (this.#stopped) return;
    this.#timer = setTimeout(() => void this.#pass(), delayMs);
    this.#timer.unref();
  }

  async #pass(): Promise<void> {
    const idleMs = this.options.idleMs ?? IDLE_MS;
    const startedAt = performance.now();
    try {
      const isBusy = (await this.indexBatch()) === BATCH;
      const tookMs = performance.now() - startedAt;
      this.#schedule(isBusy ? tookMs * PAUSE_FACTOR.busy : Math.max(idleMs, tookMs * PAUSE_FACTOR.idle));
    } catch (error) {
      this.options.log.warn({ err: error }, "could not index messages for the search");
      this.#schedule(idleMs);
    }
  }
}
