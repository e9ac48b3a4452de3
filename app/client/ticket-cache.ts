import { type SocketTicket, TICKET_LIFE_SEC, type TicketAnswer } from "../protocol";
import { type Answer } from "./rest-client";

/** A ticket this close to its end is not shown any more, in milliseconds: the way to the server takes time, too. */
const MARGIN_MS = 15_000;

/**
 * The newest ticket of a session. Whoever loses a connection shows it at the next handshake and asks nobody for another: not the server
 * that has just got everybody of a lost one, nor its database. One that the server would not take any more is fetched anew.
 */
export class TicketCache {
  #held: SocketTicket | undefined;
  #untilMs = 0;

  constructor(
    private readonly ask: () => Promise<Answer<TicketAnswer>>,
    private readonly now: () => number,
  ) {}

  /** One that is at hand, or else a fresh one. */
  async get(): Promise<Answer<{ readonly ok: true } & SocketTicket>> {
    if (this.#held !== undefined && this.now() < this.#untilMs) return { ok: true, ...this.#held };
    return this.fetch();
  }

  /** A fresh one, whatever is at hand. */
  async fetch(): Promise<Answer<TicketAnswer>> {
    const answer = await this.ask();
    if (answer.ok) this.keep(answer);
    return answer;
  }

  /** @param ticket issued just now */
  keep({ ticket, sessionExpiresAt }: SocketTicket): void {
    this.#held = { ticket, sessionExpiresAt };
    this.#untilMs = this.now() + TICKET_LIFE_SEC * 1000 - MARGIN_MS;
  }

  forget(): void {
    this.#held = undefined;
  }
}
