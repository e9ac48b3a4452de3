import DataLoader from "dataloader";
import { type Database, type Statement } from "./database";

/** Most keys in one statement. */
const MAX_BATCH = 200;

export interface BatchedLookup<Key> {
  /** Takes one array for each column of the keys, and returns rows with `nth`, the 1-based position of their key, as an integer. */
  readonly statement: Statement;
  /** Returns the columns of one key, in the statement's order. */
  readonly columns: (key: Key) => readonly unknown[];
}

/**
 * Creates a function that looks up one row by its key. Lookups of one turn of the event loop share a statement and a round trip, which
 * matters when a task has died and all its clients reconnect at once.
 *
 * @throws DatabaseUnavailable to every caller of that turn
 */
export function batchedLookup<Key, Row>(
  database: Database,
  { statement, columns }: BatchedLookup<Key>,
): (key: Key) => Promise<Row | undefined> {
  const loader = new DataLoader<Key, Row | undefined>(
    async (keys) => {
      const tuples = keys.map(columns);
      const values = (tuples[0] ?? []).map((_, column) => tuples.map((tuple) => tuple[column]));
      const found = new Map<number, Row>();
      for (const row of await database.query<Row & { readonly nth: number }>(statement, values)) {
        found.set(row.nth, row);
      }
      return keys.map((_, index) => found.get(index + 1));
    },
    // Nothing is cached: a session may end at any time.
    { cache: false, maxBatchSize: MAX_BATCH, batchScheduleFn: (ask) => void setImmediate(ask) },
  );
  return (key) => loader.load(key);
}
