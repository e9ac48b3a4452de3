import { type SocketTicket, TICKET_LIFE_SEC, type TicketAnswer } from "../protocol";
import { type Answer } from "./rest-client";

/** A ticket that expires within this time, in milliseconds, is not presented any more, because it must reach the server first. */
const MARGIN_MS = 15_000;

/**
 * Keeps the newest ticket of a session. After a lost connection the client presents it again instead of fetching another, which spares
 * a server that has just received all clients of a failed one, and its database. A ticket that is about to expire is fetched anew.
 */
export class TicketCache {
  #held: SocketTicket | undefined;
  #untilMs = 0;

  constructor(
    private readonly ask: () => Promise<Answer<TicketAnswer>>,
    private readonly now: () => number,
  ) {}

  /** Returns the cached ticket, or fetches one. */
  async get(): Promise<Answer<{ readonly ok: true } & SocketTicket>> {
    if (this.#held !== undefined && this.now() < this.#untilMs) return { ok: true, ...this.#held };
    return this.fetch();
  }

  /** Fetches a ticket, whatever is cached. */
  async fetch(): Promise<Answer<TicketAnswer>> {
    const answer = await this.ask();
    if (answer.ok) this.keep(answer);
    return answer;
  }

  /** Replaces the cached ticket by one that was issued just now. */
  keep({ ticket, sessionExpiresAt }: SocketTicket): void {
    this.#held = { ticket, sessionExpiresAt };
    this.#untilMs = this.now() + TICKET_LIFE_SEC * 1000 - MARGIN_MS;
  }

  forget(): void {
    this.#held = undefined;
  }
}
