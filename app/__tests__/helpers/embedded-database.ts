import { migrateEmbedded } from "../../server/data/migrations";
import { EmbeddedDatabase, openPglite } from "../../server/data/embedded-database";

/** Opens an empty, migrated database inside the test's process. */
export async function openEmbeddedDatabase(): Promise<EmbeddedDatabase> {
  const pglite = await openPglite();
  await migrateEmbedded(pglite);
  return new EmbeddedDatabase(pglite);
}
