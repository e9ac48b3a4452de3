import { migrateEmbedded } from "../../server/data/migrations";
import { EmbeddedDatabase, openPglite } from "../../server/data/embedded-database";

/** An empty database inside the test's process, with the schema of the migrations. */
export async function openEmbeddedDatabase(): Promise<EmbeddedDatabase> {
  const pglite = await openPglite();
  await migrateEmbedded(pglite);
  return new EmbeddedDatabase(pglite);
}
