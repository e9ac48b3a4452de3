import { hash, verify } from "@node-rs/argon2";
import { ConcurrencyLimit } from "./concurrency-limit";

/** argon2id (the library's default) as OWASP's Password Storage Cheat Sheet has it: 19 MiB, two passes, one lane. */
const PARAMETERS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** At once: 38 MiB of a task's 512. More wait; beyond that, sign-ins are refused for a moment. */
const AT_ONCE = 2;
const WAITING = 50;

/** Hashes passwords on libuv's threads, a few at a time: a crowd at the sign-in page takes neither the memory nor the processor. */
export class PasswordHashes {
  private readonly limit = new ConcurrencyLimit(AT_ONCE, WAITING);
  private decoy: Promise<string> | undefined;

  /** @throws Overloaded when too many wait */
  hash(password: string): Promise<string> {
    return this.limit.run(() => hash(password, PARAMETERS));
  }

  /**
   * Takes as long without a hash as with one, so that the time does not tell which accounts exist.
   * @throws Overloaded when too many wait
   */
  async matches(password: string, passwordHash: string | null | undefined): Promise<boolean> {
    const decoy = await this.decoyHash();
    const matches = await this.limit.run(() => verify(passwordHash ?? decoy, password));
    return matches && typeof passwordHash === "string";
  }

  /** Made at the first sign-in of all; awaited by each, whether it is needed or not. */
  private decoyHash(): Promise<string> {
    this.decoy ??= hash("nobody's password", PARAMETERS);
    return this.decoy;
  }
}
