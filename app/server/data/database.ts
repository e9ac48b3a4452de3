import { drizzle, type PgRemoteDatabase } from "drizzle-orm/pg-proxy";
import { DrizzleQueryError } from "drizzle-orm/errors";
import * as schema from "./schema";

/** A statement that each connection prepares once, under its unique name. */
export interface Statement {
  readonly name: string;
  readonly text: string;
}

/**
 * The database, as the rest of the server uses it. Every call is limited in time.
 * `DatabaseUnavailable` stands for every temporary failure (no answer, no connection, full, read-only); any other error is a bug.
 */
export interface Database {
  /** Sends one statement in one round trip. Returns `bigint` as a number and `timestamptz` as a Date. */
  query<Row>(statement: Statement, values: readonly unknown[]): Promise<readonly Row[]>;
  /** Runs a query of Drizzle's, which is checked against the schema; for everything that is not run for each message. */
  run<T>(build: (queries: Queries) => PromiseLike<T>): Promise<T>;
  /** @throws DatabaseUnavailable within the time limit of any other call */
  ping(): Promise<void>;
  /** Waits for running statements for a limited time. Later calls fail with DatabaseUnavailable. */
  close(): Promise<void>;
}

/** Drizzle's query builder, without transactions: changes that belong together are one statement. */
export type Queries = PgRemoteDatabase<typeof schema>;

/** Sends one statement. Returns each row as an array in column order when `asArrays` is set, otherwise as an object. */
export type Send = (text: string, values: readonly unknown[], asArrays: boolean) => Promise<unknown[]>;

/** Runs Drizzle's queries through a pool or the embedded database. */
export function queriesThrough(send: Send): Database["run"] {
  const queries = drizzle(
    async (text, values: unknown[], method) => ({ rows: await send(text, values, method === "all") }),
    { schema },
  );
  return async (build) => {
    try {
      return await build(queries);
    } catch (error) {
      // Drizzle's own error contains the query's text and parameters, which must not be logged.
      throw error instanceof DrizzleQueryError && error.cause !== undefined ? error.cause : error;
    }
  };
}

/** Parses a `bigint`. @throws RangeError beyond 2^53, where a number would lose precision */
export function parseBigint(text: string): number {
  const number = Number(text);
  if (!Number.isSafeInteger(number)) throw new RangeError(`a bigint of the database is past 2^53: ${text}`);
  return number;
}
