import { migrateEmbedded } from "../../server/data/migrations";
import { Embedded, openPglite } from "../../server/data/pglite";

/** An empty database inside the test's process, with the schema of the migrations. */
export async function openEmbedded(): Promise<Embedded> {
  const pglite = await openPglite();
  await migrateEmbedded(pglite);
  return new Embedded(pglite);
}
