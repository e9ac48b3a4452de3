import { type MessengerClient, type OutboxStore } from "../../../app/client";
import { refusal, type TicketAnswer } from "../../../app/protocol";
import { type ClientModule } from "../app-packages";
import { type Screen } from "../audit";
import { type Journal } from "./journal";
import { type Person } from "./people";
import { RecordedStore } from "./recorded-store";
import { type Doorway } from "./site";

/** In the journal's milliseconds. */
export interface Gap {
  readonly fromMs: number;
  readonly toMs: number;
}

export interface ParticipantOptions {
  readonly person: Person;
  readonly door: Doorway;
  readonly journal: Journal;
  readonly client: ClientModule;
}

/** A person with the app's own client, as in a browser's tab: outbox, backoff, sync and all. */
export class Participant {
  readonly name: string;
  private readonly store: OutboxStore;
  private client: MessengerClient;
  private written = 0;
  /** Last time that the client was offline, in the journal's milliseconds. */
  private offlineUntilMs = 0;
  private offlineSinceMs: number | undefined;
  private readonly gaps: Gap[] = [];

  constructor(private readonly options: ParticipantOptions) {
    const { person, journal, client } = options;
    this.name = person.principal.userId;
    this.store = new RecordedStore(new client.MemoryOutboxStore(), journal, this.name);
    this.client = this.open();
  }

  get conversationIds(): readonly string[] {
    return this.options.person.conversationIds;
  }

  get online(): boolean {
    return this.client.getState().connection.status === "online";
  }

  /** Times without a connection that are over, each page load's first one left out. */
  get absences(): readonly Gap[] {
    return this.gaps;
  }

  get onlineSinceMs(): number {
    return this.offlineUntilMs;
  }

  /** Messages of this person that are not acknowledged. */
  get waiting(): number {
    return this.client.getState().outgoing.length;
  }

  async start(): Promise<void> {
    await this.client.start();
  }

  async write(conversationId: string): Promise<void> {
    await this.client.send(conversationId, `Message ${++this.written} of ${this.options.person.principal.name}`);
  }

  /** The page is loaded anew: all that it had is gone, but for the outbox. */
  async reload(): Promise<void> {
    this.client.stop();
    this.client = this.open();
    await this.client.start();
  }

  /** The page is closed, whatever is in the outbox. */
  stop(): void {
    this.client.stop();
    this.options.door.agent.destroy();
  }

  screens(): Screen[] {
    const { conversations } = this.client.getState();
    return Object.entries(conversations).map(([conversationId, { messages, outgoing }]) => ({
      reader: this.name,
      conversationId,
      shown: messages.map(({ clientMessageId }) => clientMessageId),
      pending: outgoing.map(({ clientMessageId }) => clientMessageId),
    }));
  }

  private open(): MessengerClient {
    const { person, door, journal, client: module } = this.options;
    const client = new module.MessengerClient({
      url: door.url,
      principal: person.principal,
      ticket: () => fetchTicket(door, person),
      store: this.store,
      environment: module.nodeEnvironment(),
      // Node's client keeps the balancer's cookie for polling only when it is told to.
      socketOptions: { extraHeaders: { Origin: door.origin }, agent: door.agent as never, withCredentials: true },
    });
    for (const conversationId of person.conversationIds) client.subscribe(conversationId);
    client.on({ message: ({ clientMessageId }) => journal.shown(clientMessageId, this.name) });
    let wasOnline = false;
    client.subscribeState(() => {
      const online = client.getState().connection.status === "online";
      if (online && !wasOnline) this.cameBack(journal.now());
      if (!online && wasOnline) this.offlineSinceMs = journal.now();
      wasOnline = online;
    });
    return client;
  }

  private cameBack(nowMs: number): void {
    this.offlineUntilMs = nowMs;
    if (this.offlineSinceMs !== undefined) this.gaps.push({ fromMs: this.offlineSinceMs, toMs: nowMs });
    this.offlineSinceMs = undefined;
  }
}

/** A ticket for one handshake. Never rejects. */
export async function fetchTicket(door: Doorway, { principal, cookie }: Person) {
  const path = principal.kind === "visitor" ? "/api/tickets?as=visitor" : "/api/tickets";
  const reply = await door.post<TicketAnswer>(path, cookie).catch(() => undefined);
  return reply?.json ?? refusal("UNAVAILABLE", "The server cannot be reached.");
}
