import { createHash } from "node:crypto";
import { and, eq, gt, lt, sql } from "drizzle-orm";
import { type Database } from "../data/database";
import { knownAddress } from "../data/schema";
import { type KnownAddresses } from "../domain/ports/known-addresses";

/** Days for which an address is known after the last sign-in from it. */
const KNOWN_DAYS = 90;

const oldest = sql`now() - make_interval(days => ${KNOWN_DAYS})`;

/** Keeps a hash of account and address together, so that the table tells neither where somebody was nor who was at an address. */
export class PostgresKnownAddresses implements KnownAddresses {
  constructor(private readonly database: Database) {}

  async has(account: string, clientAddress: string): Promise<boolean> {
    const rows = await this.database.run((queries) =>
      queries
        .select({ seenAt: knownAddress.seenAt })
        .from(knownAddress)
        .where(and(eq(knownAddress.hash, hashOf(account, clientAddress)), gt(knownAddress.seenAt, oldest))),
    );
    return rows.length > 0;
  }

  /** Also deletes what is no longer known. */
  async remember(account: string, clientAddress: string): Promise<void> {
    await this.database.run((queries) => queries.delete(knownAddress).where(lt(knownAddress.seenAt, oldest)));
    await this.database.run((queries) =>
      queries
        .insert(knownAddress)
        .values({ hash: hashOf(account, clientAddress) })
        .onConflictDoUpdate({ target: knownAddress.hash, set: { seenAt: sql`now()` } }),
    );
  }
}

function hashOf(account: string, clientAddress: string): string {
  return createHash("sha256").update(`${account}|${clientAddress}`).digest("hex");
}
