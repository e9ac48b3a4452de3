import { setTimeout as wait } from "node:timers/promises";
import { type RawSocket } from "../../../tools/load/raw-socket";
import { begin, type Person } from "../crowd/people";
import { type Doorway } from "../crowd/site";
import { type Fault } from "../fault";
import { type Stage } from "../stage";
import { connectRaw } from "./clients";

const CLIENTS = 2000;
/** Below the app's cap of sockets of one person on one task, wherever they all go. */
const SOCKETS_OF_ONE = 40;
const MACHINES_FROM = 300;
/** As the app's own client: doubling, jittered. */
const BACKOFF = { baseMs: 1000, maxMs: 15_000 };
const AT_ONCE = 40;
const PATIENCE_SEC = 120;

/** A client that only wants to be connected. */
class Idle {
  online = false;
  private socket: RawSocket | undefined;
  private stopped = false;
  private attempt = 0;

  constructor(
    private readonly door: Doorway,
    private readonly person: Person,
  ) {}

  async connect(): Promise<void> {
    while (!this.stopped && !this.online) {
      try {
        this.socket = await connectRaw(this.door, this.person, { onClose: () => void this.lost() });
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
    const longest = Math.min(BACKOFF.maxMs, BACKOFF.baseMs * 2 ** this.attempt++);
    return wait(longest * (0.5 + Math.random()));
  }
}

let idlers: readonly Idle[] = [];

async function come(stage: Stage): Promise<void> {
  const { crowd } = stage;
  const people: Person[] = [];
  for (let index = 0; index < CLIENTS / SOCKETS_OF_ONE; index++) {
    people.push(await begin(crowd.doorway(MACHINES_FROM + index), `Idler ${index}`));
  }
  idlers = Array.from(
    { length: CLIENTS },
    (_, index) => new Idle(crowd.doorway(MACHINES_FROM + index), people[index % people.length]!),
  );
  let next = 0;
  const enter = async (): Promise<void> => {
    for (let mine = next++; mine < idlers.length; mine = next++) await idlers[mine]!.connect();
  };
  await Promise.all(Array.from({ length: AT_ONCE }, enter));
}

/** Everybody at once. */
export const stormFaults: readonly Fault[] = [
  {
    name: "reconnect-storm",
    what: `${CLIENTS} more clients are connected; one of two tasks is killed, and its half of them comes back at once`,
    act: async (stage) => {
      await come(stage);
      const task = stage.task(0);
      stage.signal(task, "SIGKILL");
      await stage.untilGone(task);
      await wait(500);
      const end = performance.now() + PATIENCE_SEC * 1000;
      const away = (): number => idlers.filter(({ online }) => !online).length;
      while (away() > 0 && performance.now() < end) await wait(100);
      const still = away();
      for (const idler of idlers) idler.stop();
      idlers = [];
      if (still > 0) throw new Error(`${still} of ${CLIENTS} did not come back within ${PATIENCE_SEC} s`);
    },
  },
];
