import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Image } from "../../tools/twin/tasks/image";
import { ROOT } from "./app-packages";

export const CACHE = join(ROOT, ".cache", "faults");

/** Copies an image under another name, so that a deployment replaces the tasks. Files are hard links and take no space. */
export function copyOf(image: Image, name: string): Image {
  const folder = join(CACHE, name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(CACHE, { recursive: true });
  execFileSync("cp", ["-al", image.folder, folder]);
  return { ...image, folder };
}

/** Returns a copy of the image with one more migration. */
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

/** Returns a copy of the image with another server program. */
export function withServer(image: Image, name: string, source: string): Image {
  const copy = copyOf(image, name);
  replace(join(copy.folder, "server.js"), source);
  return copy;
}

/** Replaces a file without writing through its hard link, so that the original does not change. */
function replace(file: string, text: string): void {
  rmSync(file, { force: true });
  writeFileSync(file, text);
}
