import { type PGlite } from "@electric-sql/pglite";
import { DatabaseUnavailable } from "../domain/ports/errors";
import { type Database, parseBigint, queriesThrough, type Statement } from "./database";
import { toDatabaseError } from "./failures";

const BIGINT = 20;

/**
 * Opens PostgreSQL inside this process (PGlite), for development and tests. It has one connection and runs one statement at a time.
 * @param directory of its files @default in memory
 */
export async function openPglite(directory?: string): Promise<PGlite> {
  // Imported on demand: it takes about 300 MB, and the image does not contain it.
  const { PGlite } = await import("@electric-sql/pglite");
  return PGlite.create({
    ...(directory !== undefined && { dataDir: directory }),
    parsers: { [BIGINT]: parseBigint },
  });
}

export class EmbeddedDatabase implements Database {
  readonly run: Database["run"];
  private closed = false;

  constructor(private readonly pglite: PGlite) {
    this.run = queriesThrough((text, values, asArrays) => this.send(text, values, asArrays));
  }

  query<Row>({ text }: Statement, values: readonly unknown[]): Promise<Row[]> {
    return this.send(text, values, false) as Promise<Row[]>;
  }

  async ping(): Promise<void> {
    await this.send("select 1", [], false);
  }

  async close(): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    await this.pglite.close();
  }

  private async send(text: string, values: readonly unknown[], asArrays: boolean): Promise<unknown[]> {
    if (this.closed) throw new DatabaseUnavailable("the database is closed");
    try {
      const { rows } = await this.pglite.query(text, [...values], { rowMode: asArrays ? "array" : "object" });
      return rows;
    } catch (error) {
      throw toDatabaseError(error);
    }
  }
}
