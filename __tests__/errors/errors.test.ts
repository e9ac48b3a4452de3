import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { environmentProblems } from "../../environments/problems";
import { stackProblems } from "../../stacks/problems";
import { readCatalogue } from "./catalogues";
import { errorsDocument } from "./document";
import { collectExamples } from "./examples";

const ROOT = join(__dirname, "..", "..");
const DOCUMENT = join(ROOT, "docs", "errors.md");

/** Every problem code in the sources: after `code:`, or as the last argument of a check. */
function codesInSources(): string[] {
  const codes = ["modules", "environments", "policies", "stacks"].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".ts") && !file.endsWith("problems.ts"))
      .map((file) => readFileSync(join(ROOT, folder, file), "utf8"))
      .flatMap((text) =>
        [...text.matchAll(/\bcode: (?:[^\n,]*\? )?"([a-z-]+\/[a-z0-9-]+)"/g)].map(([, code]) => code!),
      ),
  );
  return [...new Set(codes)].sort();
}

it("explains every code of the sources in a catalogue", async () => {
  const catalogue = await readCatalogue();
  const codes = codesInSources();
  expect(codes.length).toBeGreaterThan(50);
  expect(codes.filter((code) => !Object.hasOwn(catalogue, code))).toEqual([]);
});

it("explains the code of every example", async () => {
  const catalogue = await readCatalogue();
  const codes = [...collectExamples().keys()];
  expect(codes.length).toBeGreaterThan(30);
  expect(codes.filter((code) => !Object.hasOwn(catalogue, code))).toEqual([]);
});

it("has an example of every problem that only environments or stacks report", () => {
  const examples = collectExamples();
  const codes = Object.keys({ ...environmentProblems, ...stackProblems });
  expect(codes.filter((code) => !examples.has(code))).toEqual([]);
});

it("generates docs/errors.md", async () => {
  const text = errorsDocument(await readCatalogue(), collectExamples());
  if (process.env["UPDATE_ERRORS"]) writeFileSync(DOCUMENT, text);
  expect(readFileSync(DOCUMENT, "utf8")).toBe(text);
});
