import { setTimeout as wait } from "node:timers/promises";
import { type Twin } from "../../../tools/twin/twin";
import { type ClientModule } from "../app-packages";
import { type Screen } from "../audit";
import { Journal } from "./journal";
import { Participant } from "./participant";
import { type People } from "./people";
import { Doorway } from "./site";
import { StockClient } from "./stock-client";

const LOOK_EVERY_MS = 100;

/** Everybody at once, and the conversation that they make. */
export class Crowd {
  readonly journal = new Journal();
  readonly participants: readonly Participant[];
  readonly others: readonly StockClient[];
  private talking: Promise<void> | undefined;
  private hushed = false;
  private next = 0;

  constructor(
    readonly twin: Twin,
    readonly people: People,
    client: ClientModule,
  ) {
    const everybody = [...people.visitors, ...people.agents];
    this.participants = everybody.map(
      (person, index) => new Participant({ person, client, journal: this.journal, door: this.doorway(index) }),
    );
    this.others = people.visitors
      .slice(0, 2)
      .map((person, n) => new StockClient(person, this.doorway(everybody.length + n)));
  }

  /** A machine of its own for each, and the ways in by turns. */
  doorway(index: number): Doorway {
    const urls = this.twin.clientUrls;
    return new Doorway(urls[index % urls.length]!, this.twin.url, index + 1);
  }

  /** Who came by this way, 1 to 8, which `partitionClients` cuts. */
  behind(path: number): readonly Participant[] {
    return this.participants.filter((_, index) => index % this.twin.clientUrls.length === path - 1);
  }

  async start(): Promise<void> {
    await Promise.all(this.participants.map((participant) => participant.start()));
    await this.until(() => this.away === 0, 30_000);
    if (this.away > 0) throw new Error(`${this.away} of the clients did not get in`);
  }

  /** Clients that have no connection right now. */
  get away(): number {
    return [...this.participants, ...this.others].filter(({ online }) => !online).length;
  }

  /** Everybody writes in turn, whether or not there is a connection. */
  talk(ratePerSec: number): void {
    this.hushed = false;
    this.talking = this.keepTalking(1000 / ratePerSec);
  }

  async hush(): Promise<void> {
    this.hushed = true;
    await this.talking;
  }

  /** Whether everything that was written is acknowledged and on the screen of everybody whom it concerns. */
  get settled(): boolean {
    const expected = new Map<string, number>();
    for (const { conversationId, abandoned } of this.journal.attempts.values()) {
      if (!abandoned) expected.set(conversationId, (expected.get(conversationId) ?? 0) + 1);
    }
    // One that was abandoned is there for all or for none.
    for (const { conversationId, shown } of this.screens()) {
      expected.set(conversationId, Math.max(shown.length, expected.get(conversationId) ?? 0));
    }
    return (
      this.away === 0 &&
      this.participants.every(({ waiting }) => waiting === 0) &&
      this.screens().every(({ conversationId, shown }) => shown.length === (expected.get(conversationId) ?? 0))
    );
  }

  /** Waits for that, as long as one may; the audit says what is missing. */
  untilSettled(withinMs: number): Promise<void> {
    return this.until(() => this.settled, withinMs);
  }

  screens(): Screen[] {
    return this.participants.flatMap((participant) => participant.screens());
  }

  /** How long each time without a connection lasted, in milliseconds, since a moment of the journal. */
  absencesSince(momentMs: number): number[] {
    const gaps = this.participants.flatMap(({ absences }) => absences);
    return gaps.filter(({ fromMs }) => fromMs >= momentMs).map(({ fromMs, toMs }) => toMs - fromMs);
  }

  /** When the last of them was online again, in the journal's milliseconds. */
  get allOnlineMs(): number {
    return Math.max(...this.participants.map(({ onlineSinceMs }) => onlineSinceMs));
  }

  stop(): void {
    this.hushed = true;
    for (const each of [...this.participants, ...this.others]) each.stop();
  }

  private async keepTalking(everyMs: number): Promise<void> {
    const begun = performance.now();
    for (let count = 0; !this.hushed;) {
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
    while (!condition() && performance.now() < end) await wait(LOOK_EVERY_MS);
  }
}
