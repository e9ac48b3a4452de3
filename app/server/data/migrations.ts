import { existsSync } from "node:fs";
import { join } from "node:path";
import { type PGlite } from "@electric-sql/pglite";

/** Beside the bundle in the image, one folder above a development build, and two above this source file. */
const FOLDERS = [".", "..", join("..", "..")].map((folder) => join(__dirname, folder, "migrations"));

/** Finds the folder of the migrations. @throws Error when the image was built without it */
export function migrationsFolder(): string {
  const found = FOLDERS.find((folder) => existsSync(join(folder, "meta", "_journal.json")));
  if (found === undefined) throw new Error(`no migrations at ${FOLDERS.join(" or ")}`);
  return found;
}

/**
 * Brings an embedded database up to date, which only this process has open. Its packages are imported on demand, because the image does
 * not contain them.
 */
export async function migrateEmbedded(pglite: PGlite): Promise<void> {
  const [{ drizzle }, { migrate }] = await Promise.all([
    import("drizzle-orm/pglite"),
    import("drizzle-orm/pglite/migrator"),
  ]);
  await migrate(drizzle(pglite), { migrationsFolder: migrationsFolder() });
}
