import { createServer, type Server } from "node:net";
import { TwinError } from "../errors";

/** Whoever listens here owns the block: the kernel forgets it with the process. */
const LOCK = { host: 255, last: 254, port: 64_999 } as const;
const FIRST_BLOCK = 64;
const LAST_BLOCK = 250;

/** Tasks that can run at a time, those that drain included. */
export const SLOTS = 100;
/** Ways into the balancer that can be cut one by one. */
export const CLIENT_PATHS = 8;

const CLIENTS = 0;
const TASKS = 1;
const REDIS = 2;
const DATABASE = 3;

/**
 * Loopback addresses of one twin, 127.B.0.0/16. On Linux all of 127.0.0.0/8 leads to this machine, so that every task can have an
 * address of its own, and reach Redis and PostgreSQL at addresses of its own: a packet's destination tells whose it is, and a
 * partition is a rule about one address.
 */
export class AddressBlock {
  private constructor(
    private readonly number: number,
    private readonly lock: Server,
  ) {}

  /** Takes a block that no other twin on this machine has. */
  static async claim(): Promise<AddressBlock> {
    for (let number = FIRST_BLOCK; number <= LAST_BLOCK; number++) {
      const block = await AddressBlock.claimLabel(labelOf(number));
      if (block) return block;
    }
    throw new TwinError("no block of loopback addresses is free. The twin needs Linux, where 127.0.0.0/8 is local.");
  }

  /** Takes the block of that label; `undefined` when a living twin has it, or there is no such label. */
  static async claimLabel(label: string): Promise<AddressBlock | undefined> {
    const number = Number(/^twin-(\d+)$/.exec(label)?.[1]);
    if (!(number >= FIRST_BLOCK && number <= LAST_BLOCK)) return undefined;
    const lock = await listen(`127.${number}.${LOCK.host}.${LOCK.last}`, LOCK.port);
    return lock && new AddressBlock(number, lock);
  }

  /** Name of what belongs to this block on the machine, such as a chain of the packet filter. */
  get label(): string {
    return labelOf(this.number);
  }

  task(slot: number): string {
    return this.address(TASKS, slot);
  }

  redis(slot: number): string {
    return this.address(REDIS, slot);
  }

  database(slot: number): string {
    return this.address(DATABASE, slot);
  }

  /** @param path 1 to CLIENT_PATHS */
  client(path: number): string {
    return this.address(CLIENTS, path);
  }

  /** The wanted port if nobody has it, be it on all addresses; else another one. */
  async portOfTasks(wanted: number, otherwise: () => Promise<number>): Promise<number> {
    const probe = await listen(this.task(1), wanted);
    if (probe === undefined) return otherwise();
    await close(probe);
    return wanted;
  }

  release(): Promise<void> {
    return close(this.lock);
  }

  private address(kind: number, last: number): string {
    return `127.${this.number}.${kind}.${last}`;
  }
}

function labelOf(number: number): string {
  return `twin-${number}`;
}

function listen(host: string, port: number): Promise<Server | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(undefined));
    server.listen(port, host, () => {
      server.unref();
      resolve(server);
    });
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => server.close(() => resolve()));
}
