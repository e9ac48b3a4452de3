import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { APP } from "../helpers/app-folder";

const PUBLIC = join(APP, "public");
const worker = readFileSync(join(PUBLIC, "service-worker.js"), "utf8");

describe("the service worker", () => {
  const files = [...(/const FILES = \[(.*)\]/.exec(worker)?.[1] ?? "").matchAll(/"([^"]+)"/g)].map(([, file]) => file!);

  it("has a cache named after the content of its files, so that browsers fetch a changed one", () => {
    const hash = createHash("sha256");
    for (const file of files) hash.update(readFileSync(join(PUBLIC, file)));
    expect(files.length).toBeGreaterThan(2);
    expect(/const CACHE = "(.*)"/.exec(worker)?.[1]).toBe(`offline-${hash.digest("hex").slice(0, 8)}`);
  });

  it("stores everything that its page refers to, and no other file", () => {
    const page = readFileSync(join(PUBLIC, "offline.html"), "utf8");
    const parts = [...page.matchAll(/(?:href|src)="([^"]+)"/g)].map(([, part]) => part);
    expect(["/offline.html", ...parts].sort()).toEqual([...files].sort());
  });
});
