import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { findBrowser } from "./browser";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "browsers-"));
});

afterEach(() => rmSync(folder, { recursive: true }));

it.each(["chromium", "chromium-browser", "google-chrome"])("finds %s on PATH", (name) => {
  writeFileSync(join(folder, name), "");
  chmodSync(join(folder, name), 0o755);
  expect(findBrowser(["", "/nowhere", folder].join(delimiter))).toBe(join(folder, name));
});

it("names the package to install when there is no browser", () => {
  writeFileSync(join(folder, "chromium"), "not executable");
  expect(() => findBrowser(folder)).toThrow(/no browser on PATH .*install the Debian package chromium/);
});
