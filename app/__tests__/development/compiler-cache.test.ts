import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CompilerCache } from "../../development/compiler-cache";

let root: string;
let folder: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "compiler-cache-"));
  folder = join(root, "turbopack");
});

afterEach(() => rmSync(root, { recursive: true }));

it("is damaged once Turbopack has left its marker, until it is removed", () => {
  const cache = new CompilerCache(folder);
  expect(cache.isDamaged()).toBe(false);
  mkdirSync(join(folder, "v1"), { recursive: true });
  writeFileSync(join(folder, "v1", "00000001.sst"), "");
  expect(cache.isDamaged()).toBe(false);
  writeFileSync(join(folder, "__turbo_tasks_invalidated_db"), "");
  expect(cache.isDamaged()).toBe(true);
  cache.remove();
  expect(cache.isDamaged()).toBe(false);
  expect(existsSync(folder)).toBe(false);
});

it("may be removed when there is none", () => {
  new CompilerCache(folder).remove();
  expect(existsSync(folder)).toBe(false);
});
