import { setTimeout as wait } from "node:timers/promises";
import { TicketCache } from "../../../app/client/ticket-cache";
import { DEFAULT_TIMINGS, reconnectMs } from "../../../app/client/timings";
import { type SocketTicket } from "../../../app/protocol";
import { RawSocket } from "../../../tools/load/raw-socket";
import { fetchTicket } from "./participant";
import { registerVisitor, type Person } from "./people";
import { type HttpClient } from "./http-client";

/** Connections of one visitor, below the app's limit on one task. */
const CONNECTIONS_PER_VISITOR = 40;
const FIRST_CLIENT_INDEX = 300;
const AT_ONCE = 40;

/** Opens another connection of a person at protocol level, without a client library. */
export async function connectRaw(
  http: HttpClient,
  person: Person,
  hooks: { server?: string; ticket?: TicketCache; onClose?: () => void } = {},
): Promise<RawSocket> {
  const answer = await (hooks.ticket?.get() ?? fetchTicket(http, person));
  if (!answer.ok) throw new Error(`expected a ticket, got ${answer.message}`);
  return RawSocket.connect({
    server: hooks.server ?? http.url,
    headers: { origin: http.origin },
    auth: { ticket: answer.ticket },
    localAddress: http.localAddress,
    onEvent: (name, payload) => {
      if (name === "session:ticket") hooks.ticket?.keep(payload as SocketTicket);
    },
    ...(hooks.onClose && { onClose: hooks.onClose }),
  });
}

/** A client that sends nothing and reconnects with the backoff of the app's client. */
class IdleClient {
  online = false;
  private socket: RawSocket | undefined;
  private stopped = false;
  private attempt = 0;
  private readonly ticket: TicketCache;

  constructor(
    private readonly http: HttpClient,
    private readonly person: Person,
  ) {
    this.ticket = new TicketCache(() => fetchTicket(http, person), Date.now);
  }

  async connect(): Promise<void> {
    while (!this.stopped && !this.online) {
      try {
        this.socket = await connectRaw(this.http, this.person, {
          ticket: this.ticket,
          onClose: () => void this.lost(),
        });
        this.online = true;
        this.attempt = 0;
      } catch {
        await this.pause();
      }
    }
  }

  stop(): void {
    this.stopped = true;
    this.socket?.close();
    this.http.close();
  }

  private async lost(): Promise<void> {
    this.online = false;
    if (this.stopped) return;
    await this.pause();
    await this.connect();
  }

  private pause(): Promise<void> {
    return wait(reconnectMs(this.attempt++, DEFAULT_TIMINGS.backoff, Math.random));
  }
}

/** Many idle clients, each with its own address. */
export class IdleClients {
  private constructor(private readonly all: readonly IdleClient[]) {}

  /** Connects the clients. @param httpClient returns the HTTP client for an index */
  static async connect(count: number, httpClient: (index: number) => HttpClient): Promise<IdleClients> {
    const people: Person[] = [];
    for (let index = 0; index < count / CONNECTIONS_PER_VISITOR; index++) {
      people.push(await registerVisitor(httpClient(FIRST_CLIENT_INDEX + index), `IdleClient ${index}`));
    }
    const all = Array.from(
      { length: count },
      (_, index) => new IdleClient(httpClient(FIRST_CLIENT_INDEX + index), people[index % people.length]!),
    );
    let next = 0;
    const enter = async (): Promise<void> => {
      for (let mine = next++; mine < all.length; mine = next++) await all[mine]!.connect();
    };
    await Promise.all(Array.from({ length: AT_ONCE }, enter));
    return new IdleClients(all);
  }

  get away(): number {
    return this.all.filter(({ online }) => !online).length;
  }

  disconnect(): void {
    for (const client of this.all) client.stop();
  }
}
