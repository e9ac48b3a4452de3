import { type Message } from "../../protocol";
import { RateLimited } from "../domain/ports/errors";
import { type AppendResult, type MessageLog, type NewMessage, type Page } from "../domain/ports/message-log";
import { type Principal } from "../domain/principal";
import { FairQueue } from "../limits/fair-queue";
import { type ReadAllowance, ReadBudget } from "./read-budget";

/**
 * An agent who returns after a weekend reads a thousand messages within a second; nobody reads more than 500 messages, or a quarter of a megabyte,
 * per second for long.
 */
const ALLOWANCE: ReadAllowance = {
  rows: 5000,
  bytes: 512 * 1024,
  rowsPerSec: 500,
  bytesPerSec: 256 * 1024,
};

/**
 * Bytes of text per second at which one person's pages follow each other, even within the allowance: a task of a quarter vCPU gets its share of
 * a second in tenths, and several long pages in a row would take all of one.
 */
const PAGE_BYTES_PER_SEC = 256 * 1024;

/** Reads of one person that may wait for each other; our own client sends one `sync` at a time for each tab. */
const MAX_WAITING = 10;
/** Milliseconds to wait when more would wait. */
const FULL_RETRY_MS = 500;

export interface FairMessageLogOptions {
  /** Reads of all people at the same time: fewer than the database's connections, so that sending always finds one. */
  readonly maxReads: number;
  /** For tests. */
  readonly budget?: ReadBudget;
}

/**
 * Has everybody pay for what they read: each person reads one page at a time, in turn with the others, and within an allowance of rows and
 * bytes. Without it, one customer who requests a long conversation ten times per second slows down everybody. Sending passes through as it is.
 */
export class FairMessageLog implements MessageLog {
  readonly #queue: FairQueue;
  readonly #budget: ReadBudget;

  constructor(
    private readonly log: MessageLog,
    { maxReads, budget = new ReadBudget(ALLOWANCE) }: FairMessageLogOptions,
  ) {
    this.#queue = new FairQueue(maxReads, MAX_WAITING);
    this.#budget = budget;
  }

  append(principal: Principal, message: NewMessage): Promise<AppendResult> {
    return this.log.append(principal, message);
  }

  /** @throws RateLimited */
  after(principal: Principal, conversations: Readonly<Record<string, number>>): Promise<ReadonlyMap<string, Page>> {
    return this.#read(
      principal,
      () => this.log.after(principal, conversations),
      (pages) => [...pages.values()].flatMap(({ messages }) => messages),
    );
  }

  /** @throws RateLimited */
  before(
    principal: Principal,
    conversationId: string,
    range: { readonly seq: number; readonly limit: number },
  ): Promise<readonly Message[] | undefined> {
    return this.#read(
      principal,
      () => this.log.before(principal, conversationId, range),
      (messages) => messages ?? [],
    );
  }

  readable(principal: Principal, conversationIds: readonly string[]): Promise<ReadonlySet<string>> {
    return this.log.readable(principal, conversationIds);
  }

  markRead(principal: Principal, conversationId: string, seq: number): Promise<number | undefined> {
    return this.log.markRead(principal, conversationId, seq);
  }

  async #read<T>(
    { userId }: Principal,
    read: () => Promise<T>,
    messagesOf: (result: T) => readonly Message[],
  ): Promise<T> {
    if (this.#queue.isFull(userId)) throw new RateLimited(FULL_RETRY_MS);
    const readWithin = async (): Promise<{ result: T; bytes: number }> => {
      const waitMs = this.#budget.waitMs(userId);
      if (waitMs > 0) throw new RateLimited(waitMs);
      const result = await read();
      const messages = messagesOf(result);
      const bytes = bytesOf(messages);
      this.#budget.charge(userId, messages.length, bytes);
      return { result, bytes };
    };
    const pauseMs = ({ bytes }: { readonly bytes: number }): number => (bytes / PAGE_BYTES_PER_SEC) * 1000;
    return (await this.#queue.run(userId, readWithin, pauseMs)).result;
  }
}

function bytesOf(messages: readonly Message[]): number {
  return messages.reduce((sum, { body }) => sum + Buffer.byteLength(body), 0);
}
