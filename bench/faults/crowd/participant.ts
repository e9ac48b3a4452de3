import { type MessengerClient, type OutboxStore } from "../../../app/client";
import { refusal, type TicketAnswer } from "../../../app/protocol";
import { type ClientModule } from "../app-packages";
import { type Screen } from "../audit/audit";
import { type Journal } from "./journal";
import { type Person } from "./people";
import { RecordedStore } from "./recorded-store";
import { type HttpClient } from "./http-client";

/** A period without a connection, in the journal's milliseconds. */
export interface Gap {
  readonly fromMs: number;
  readonly toMs: number;
}

export interface ParticipantOptions {
  readonly person: Person;
  readonly http: HttpClient;
  readonly journal: Journal;
  readonly client: ClientModule;
}

/** A person with the app's own client, as in a browser tab, including outbox, backoff and sync. */
export class Participant {
  readonly name: string;
  private readonly store: OutboxStore;
  private client: MessengerClient;
  private written = 0;
  /** When the client last came online, in the journal's milliseconds. */
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

  /** Ended periods without a connection, except the time before the first connection of each page load. */
  get absences(): readonly Gap[] {
    return this.gaps;
  }

  get onlineSinceMs(): number {
    return this.offlineUntilMs;
  }

  /** Number of this person's unacknowledged messages. */
  get waiting(): number {
    return this.client.getState().outgoing.length;
  }

  async start(): Promise<void> {
    await this.client.start();
  }

  async write(conversationId: string): Promise<void> {
    await this.client.send(conversationId, `Message ${++this.written} of ${this.options.person.principal.name}`);
  }

  /** Reloads the page: all state except the outbox is lost. */
  async reload(): Promise<void> {
    this.client.stop();
    this.client = this.open();
    await this.client.start();
  }

  /** Closes the page, with any messages left in the outbox. */
  stop(): void {
    this.client.stop();
    this.options.http.agent.destroy();
  }

  /** The status of a conversation as the page shows it. */
  status(conversationId: string): string | undefined {
    return this.client.getState().conversations[conversationId]?.status;
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
    const { person, http, journal, client: module } = this.options;
    const client = new module.MessengerClient({
      transport: module.socketIoTransport({
        url: http.url,
        // In Node, the client keeps the load balancer's cookie only with withCredentials.
        socketOptions: { extraHeaders: { Origin: http.origin }, agent: http.agent as never, withCredentials: true },
      }),
      principal: person.principal,
      ticket: () => fetchTicket(http, person),
      store: this.store,
      environment: module.nodeEnvironment(),
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

/** Fetches a ticket for one handshake. Never rejects. */
export async function fetchTicket(http: HttpClient, { principal, cookie }: Person) {
  const path = principal.kind === "visitor" ? "/api/tickets?as=visitor" : "/api/tickets";
  const reply = await http.post<TicketAnswer>(path, cookie).catch(() => undefined);
  return reply?.json ?? refusal("UNAVAILABLE", "The server cannot be reached.");
}
