import { createServer, type Server } from "node:net";
import { TwinError } from "../errors";

/** The process that listens here owns the block; the kernel releases it when the process ends. */
const LOCK = { host: 255, last: 254, port: 64_999 } as const;
const FIRST_BLOCK = 64;
const LAST_BLOCK = 250;

/** Most tasks at a time, draining ones included. */
export const SLOTS = 100;
/** Addresses of the balancer that can be cut off one by one. */
export const CLIENT_PATHS = 8;

const CLIENTS = 0;
const TASKS = 1;
const REDIS = 2;
const DATABASE = 3;

/**
 * The loopback addresses of one twin, 127.B.0.0/16. On Linux all of 127.0.0.0/8 is local, so every task gets an address of its own
 * and connects to Redis and PostgreSQL at addresses of its own. A packet's destination then identifies the task, and a partition is
 * a rule about one address.
 */
export class AddressBlock {
  private constructor(
    private readonly number: number,
    private readonly lock: Server,
  ) {}

  /** Claims a block that no other twin on this machine uses. */
  static async claim(): Promise<AddressBlock> {
    for (let number = FIRST_BLOCK; number <= LAST_BLOCK; number++) {
      const block = await AddressBlock.claimLabel(labelOf(number));
      if (block) return block;
    }
    throw new TwinError("no block of loopback addresses is free. The twin needs Linux, where 127.0.0.0/8 is local.");
  }

  /** Claims the block of a label. Returns `undefined` when a running twin uses it or the label is malformed. */
  static async claimLabel(label: string): Promise<AddressBlock | undefined> {
    const number = Number(/^twin-(\d+)$/.exec(label)?.[1]);
    if (!(number >= FIRST_BLOCK && number <= LAST_BLOCK)) return undefined;
    const lock = await listen(`127.${number}.${LOCK.host}.${LOCK.last}`, LOCK.port);
    return lock && new AddressBlock(number, lock);
  }

  /** Prefix of everything that the twin creates on the machine, such as its iptables chain. */
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

  /** Returns the wanted port when it is free, else another one. */
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
