import DataLoader from "dataloader";
import { type Database, type Statement } from "./database";

/** Keys of one statement at most. */
const MOST_AT_ONCE = 200;

export interface BatchedLookup<Key> {
  /** Takes one array for each column of the keys, and answers rows with `nth`, the place of their key from 1, as an integer. */
  readonly statement: Statement;
  /** The columns of one key, in the statement's order. */
  readonly columns: (key: Key) => readonly unknown[];
}

/**
 * One row by its key, of a statement that reads many: what is asked for in one turn of the event loop is asked in one round trip. A
 * quiet service notices nothing of it; when a task has died and everybody comes back at once, many share a round trip.
 *
 * @throws DatabaseUnavailable to everybody who asked in that turn
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
    // What was read once is not kept: a session may end at any time.
    { cache: false, maxBatchSize: MOST_AT_ONCE, batchScheduleFn: (ask) => void setImmediate(ask) },
  );
  return (key) => loader.load(key);
}
