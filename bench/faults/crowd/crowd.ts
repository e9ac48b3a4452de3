import { setTimeout as wait } from "node:timers/promises";
import { type Twin } from "../../../tools/twin/twin";
import { type ClientModule } from "../app-packages";
import { type Screen } from "../audit/audit";
import { Journal } from "./journal";
import { Participant } from "./participant";
import { type People } from "./people";
import { HttpClient } from "./http-client";
import { StockClient } from "./stock-client";

const POLL_INTERVAL_MS = 100;

/** All clients of one fault test and the messages they write. */
export class Crowd {
  readonly journal = new Journal();
  readonly participants: readonly Participant[];
  readonly others: readonly StockClient[];
  private writing: Promise<void> | undefined;
  private writingStopped = false;
  private next = 0;

  constructor(
    readonly twin: Twin,
    readonly people: People,
    client: ClientModule,
  ) {
    const all = [...people.visitors, ...people.agents];
    this.participants = all.map(
      (person, index) => new Participant({ person, client, journal: this.journal, http: this.httpClient(index) }),
    );
    this.others = people.visitors
      .slice(0, 2)
      .map((person, n) => new StockClient(person, this.httpClient(all.length + n)));
  }

  /** Returns an HTTP client with its own address; the load balancer's paths are used in turn. */
  httpClient(index: number): HttpClient {
    const urls = this.twin.clientUrls;
    return new HttpClient(urls[index % urls.length]!, this.twin.url, index + 1);
  }

  /** Returns the participants on one path to the load balancer (1 to 8), which `partitionClients` can cut. */
  clientsOnPath(path: number): readonly Participant[] {
    return this.participants.filter((_, index) => index % this.twin.clientUrls.length === path - 1);
  }

  async start(): Promise<void> {
    await Promise.all(this.participants.map((participant) => participant.start()));
    await this.until(() => this.away === 0, 30_000);
    if (this.away > 0) throw new Error(`${this.away} clients did not connect`);
  }

  /** Number of clients without a connection. */
  get away(): number {
    return [...this.participants, ...this.others].filter(({ online }) => !online).length;
  }

  /** Starts writing: participants take turns, connected or not. */
  startWriting(ratePerSec: number): void {
    this.writingStopped = false;
    this.writing = this.keepWriting(1000 / ratePerSec);
  }

  async stopWriting(): Promise<void> {
    this.writingStopped = true;
    await this.writing;
  }

  /** Whether every message is acknowledged and shown to every member of its conversation. */
  get settled(): boolean {
    const expected = new Map<string, number>();
    for (const { conversationId, abandoned } of this.journal.attempts.values()) {
      if (!abandoned) expected.set(conversationId, (expected.get(conversationId) ?? 0) + 1);
    }
    // An abandoned message is shown to all members or to none.
    for (const { conversationId, shown } of this.screens()) {
      expected.set(conversationId, Math.max(shown.length, expected.get(conversationId) ?? 0));
    }
    return (
      this.away === 0 &&
      this.participants.every(({ waiting }) => waiting === 0) &&
      this.screens().every(({ conversationId, shown }) => shown.length === (expected.get(conversationId) ?? 0))
    );
  }

  /** Waits until settled or out of time; the audit then reports what is missing. */
  untilSettled(withinMs: number): Promise<void> {
    return this.until(() => this.settled, withinMs);
  }

  screens(): Screen[] {
    return this.participants.flatMap((participant) => participant.screens());
  }

  /** Returns the milliseconds of each period without a connection that began after a time of the journal. */
  absencesSince(momentMs: number): number[] {
    const gaps = this.participants.flatMap(({ absences }) => absences);
    return gaps.filter(({ fromMs }) => fromMs >= momentMs).map(({ fromMs, toMs }) => toMs - fromMs);
  }

  /** When the last participant came online again, in the journal's milliseconds. */
  get allOnlineMs(): number {
    return Math.max(...this.participants.map(({ onlineSinceMs }) => onlineSinceMs));
  }

  stop(): void {
    this.writingStopped = true;
    for (const each of [...this.participants, ...this.others]) each.stop();
  }

  private async keepWriting(everyMs: number): Promise<void> {
    const begun = performance.now();
    for (let count = 0; !this.writingStopped;) {
      for (const due = (performance.now() - begun) / everyMs; count < due; count++) await this.writeNext();
      await wait(everyMs / 2);
    }
  }

  private async writeNext(): Promise<void> {
    const turn = this.next++;
    const participant = this.participants[turn % this.participants.length]!;
    const { conversationIds } = participant;
    const round = Math.floor(turn / this.participants.length);
    await participant.write(conversationIds[round % conversationIds.length]!);
  }

  private async until(condition: () => boolean, withinMs: number): Promise<void> {
    const end = performance.now() + withinMs;
    while (!condition() && performance.now() < end) await wait(POLL_INTERVAL_MS);
  }
}
