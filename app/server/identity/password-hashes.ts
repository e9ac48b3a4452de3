import { hash, verify } from "@node-rs/argon2";
import { ConcurrencyLimit } from "./concurrency-limit";

/** argon2id (the library's default) with the parameters of OWASP's Password Storage Cheat Sheet: 19 MiB, two passes, one lane. */
const PARAMETERS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** Two at once take 38 MiB of a task's 512. Beyond the waiting ones, sign-ins are refused. */
const MAX_RUNNING = 2;
const MAX_WAITING = 50;

/** Hashes passwords on libuv's threads, a few at a time, so that many sign-ins at once exhaust neither memory nor CPU. */
export class PasswordHashes {
  private readonly limit = new ConcurrencyLimit(MAX_RUNNING, MAX_WAITING);
  private decoy: Promise<string> | undefined;

  /** @throws Overloaded when too many wait */
  hash(password: string): Promise<string> {
    return this.limit.run(() => hash(password, PARAMETERS));
  }

  /**
   * Takes as long without a hash as with one, so that the time does not reveal which accounts exist.
   * @throws Overloaded when too many wait
   */
  async matches(password: string, passwordHash: string | null | undefined): Promise<boolean> {
    const decoy = await this.decoyHash();
    const matches = await this.limit.run(() => verify(passwordHash ?? decoy, password));
    return matches && typeof passwordHash === "string";
  }

  /** Computed at the first sign-in; every sign-in awaits it, whether it is needed or not. */
  private decoyHash(): Promise<string> {
    this.decoy ??= hash("nobody's password", PARAMETERS);
    return this.decoy;
  }
}
