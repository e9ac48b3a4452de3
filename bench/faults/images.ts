import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Image } from "../../tools/twin/tasks/image";
import { ROOT } from "./app-packages";

export const CACHE = join(ROOT, ".cache", "faults");

/** Another version: the same files under another name, so that ECS would roll it. Costs no space: files are linked. */
export function copyOf(image: Image, name: string): Image {
  const folder = join(CACHE, name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(CACHE, { recursive: true });
  execFileSync("cp", ["-al", image.folder, folder]);
  return { ...image, folder };
}

/** A version with one more migration. */
export function withMigration(image: Image, name: string, sql: string): Image {
  const copy = copyOf(image, name);
  const file = join(copy.folder, "migrations", "meta", "_journal.json");
  const journal = JSON.parse(readFileSync(file, "utf8")) as { entries: { idx: number; when: number }[] };
  const last = journal.entries.at(-1)!;
  journal.entries.push(Object.assign({ ...last }, { idx: last.idx + 1, when: last.when + 1, tag: "9999_next" }));
  replace(file, JSON.stringify(journal));
  replace(join(copy.folder, "migrations", "9999_next.sql"), sql);
  return copy;
}

/** A version whose server is something else. */
export function withServer(image: Image, name: string, source: string): Image {
  const copy = copyOf(image, name);
  replace(join(copy.folder, "server.js"), source);
  return copy;
}

/** Never writes through a link: the original would change with it. */
function replace(file: string, text: string): void {
  rmSync(file, { force: true });
  writeFileSync(file, text);
}
