import { drizzle, type PgRemoteDatabase } from "drizzle-orm/pg-proxy";
import { DrizzleQueryError } from "drizzle-orm/errors";
import * as schema from "./schema";

/** A statement that is prepared once per connection, under its name; one text for each name. */
export interface Statement {
  readonly name: string;
  readonly text: string;
}

/**
 * What the rest of the server knows of the database. Every call is bounded in time.
 * `DatabaseUnavailable` stands for everything that passes (no answer, no connection, full, read-only); any other error is a fault of ours.
 */
export interface Database {
  /** One round trip. `bigint` comes as a number, `timestamptz` as a Date. */
  query<Row>(statement: Statement, values: readonly unknown[]): Promise<readonly Row[]>;
  /** For everything that is not on the path of each message: a query of Drizzle's, checked against the schema. */
  run<T>(build: (queries: Queries) => PromiseLike<T>): Promise<T>;
  /** @throws DatabaseUnavailable within the time that any other call has */
  ping(): Promise<void>;
  /** Waits for running statements, but not for ever. Calls afterwards are refused as unavailable. */
  close(): Promise<void>;
}

/** Drizzle's builder. It has no transactions: what belongs together is one statement, which is one round trip as well. */
export type Queries = PgRemoteDatabase<typeof schema>;

/** Sends one statement; rows as arrays in the order of the columns where `asArrays` is set, else as objects. */
export type Send = (text: string, values: readonly unknown[], asArrays: boolean) => Promise<unknown[]>;

/** Drizzle on top of whatever sends statements: a pool, or the embedded database. */
export function queriesThrough(send: Send): Database["run"] {
  const queries = drizzle(
    async (text, values: unknown[], method) => ({ rows: await send(text, values, method === "all") }),
    { schema },
  );
  return async (build) => {
    try {
      return await build(queries);
    } catch (error) {
      // Drizzle's own error carries the text and all parameters of the query, which belong into no log.
      throw error instanceof DrizzleQueryError && error.cause !== undefined ? error.cause : error;
    }
  };
}

/** `bigint` as a number. @throws RangeError past 2^53, where a number would be another one */
export function parseBigint(text: string): number {
  const number = Number(text);
  if (!Number.isSafeInteger(number)) throw new RangeError(`a bigint of the database is past 2^53: ${text}`);
  return number;
}
