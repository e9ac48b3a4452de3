import { existsSync } from "node:fs";
import { join } from "node:path";
import { type PGlite } from "@electric-sql/pglite";

/** Beside the bundle in the image, above it where it was built for development, and two above this file where it runs as source. */
const FOLDERS = [".", "..", join("..", "..")].map((folder) => join(__dirname, folder, "migrations"));

/** @throws Error when the image was built without them */
export function migrationsFolder(): string {
  const found = FOLDERS.find((folder) => existsSync(join(folder, "meta", "_journal.json")));
  if (found === undefined) throw new Error(`no migrations at ${FOLDERS.join(" or ")}`);
  return found;
}

/**
 * Brings an embedded database up to date; this process is the only one that has it open. What it needs is loaded by the first call: it is
 * not in the image.
 */
export async function migrateEmbedded(pglite: PGlite): Promise<void> {
  const [{ drizzle }, { migrate }] = await Promise.all([
    import("drizzle-orm/pglite"),
    import("drizzle-orm/pglite/migrator"),
  ]);
  await migrate(drizzle(pglite), { migrationsFolder: migrationsFolder() });
}
