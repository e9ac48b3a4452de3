import { setTimeout as wait } from "node:timers/promises";
import { HeldTicket } from "../../../app/client/held-ticket";
import { DEFAULT_TIMINGS, reconnectMs } from "../../../app/client/timings";
import { type SocketTicket } from "../../../app/protocol";
import { RawSocket } from "../../../tools/load/raw-socket";
import { fetchTicket } from "./participant";
import { begin, type Person } from "./people";
import { type Doorway } from "./site";

/** Below the app's cap of sockets of one person on one task, wherever they all go. */
const SOCKETS_OF_ONE = 40;
const MACHINES_FROM = 300;
const AT_ONCE = 40;

/** Another connection of somebody, by nothing but the protocol. */
export async function connectRaw(
  door: Doorway,
  person: Person,
  hooks: { server?: string; ticket?: HeldTicket; onClose?: () => void } = {},
): Promise<RawSocket> {
  const answer = await (hooks.ticket?.get() ?? fetchTicket(door, person));
  if (!answer.ok) throw new Error(`no ticket: ${answer.message}`);
  return RawSocket.connect({
    server: hooks.server ?? door.url,
    headers: { origin: door.origin },
    auth: { ticket: answer.ticket },
    localAddress: door.localAddress,
    onEvent: (name, payload) => {
      if (name === "session:ticket") hooks.ticket?.keep(payload as SocketTicket);
    },
    ...(hooks.onClose && { onClose: hooks.onClose }),
  });
}

/** A client that only wants to be connected, and comes back as the app's own does. */
class Idler {
  online = false;
  private socket: RawSocket | undefined;
  private stopped = false;
  private attempt = 0;
  private readonly ticket: HeldTicket;

  constructor(
    private readonly door: Doorway,
    private readonly person: Person,
  ) {
    this.ticket = new HeldTicket(() => fetchTicket(door, person), Date.now);
  }

  async connect(): Promise<void> {
    while (!this.stopped && !this.online) {
      try {
        this.socket = await connectRaw(this.door, this.person, {
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
    this.door.close();
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

/** Many clients that say nothing, each on a machine of its own. */
export class Idlers {
  private constructor(private readonly all: readonly Idler[]) {}

  /** Resolves when all are connected. @param doorway the way of a machine, by its number */
  static async come(count: number, doorway: (index: number) => Doorway): Promise<Idlers> {
    const people: Person[] = [];
    for (let index = 0; index < count / SOCKETS_OF_ONE; index++) {
      people.push(await begin(doorway(MACHINES_FROM + index), `Idler ${index}`));
    }
    const all = Array.from(
      { length: count },
      (_, index) => new Idler(doorway(MACHINES_FROM + index), people[index % people.length]!),
    );
    let next = 0;
    const enter = async (): Promise<void> => {
      for (let mine = next++; mine < all.length; mine = next++) await all[mine]!.connect();
    };
    await Promise.all(Array.from({ length: AT_ONCE }, enter));
    return new Idlers(all);
  }

  get away(): number {
    return this.all.filter(({ online }) => !online).length;
  }

  leave(): void {
    for (const idler of this.all) idler.stop();
  }
}
