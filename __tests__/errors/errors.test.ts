import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readCatalogue } from "./catalogues";
import { codesIn, codesInSources } from "./codes-in-sources";
import { ABOUT, type Area, errorsDocument } from "./document";
import { EXAMPLES_BY_AREA } from "./examples";
import { refusalOf } from "./run-example";
import { readSnippets } from "./snippets";

const DOCUMENT = join(__dirname, "..", "..", "docs", "errors.md");
const AREAS = Object.keys(EXAMPLES_BY_AREA);
const EXAMPLES = Object.values(EXAMPLES_BY_AREA).flatMap((examples) => Object.entries(examples));

function areaOf(code: string): string {
  return code.split("/")[0]!;
}

it("explains every code of the sources in a catalogue, and nothing else", async () => {
  const catalogue = await readCatalogue();
  expect(codesInSources([...new Set(Object.keys(catalogue).map(areaOf)), ...AREAS])).toEqual(
    Object.keys(catalogue).sort(),
  );
});

it("finds codes after `code:`, in conditions and among arguments, but neither imports nor other texts", () => {
  const source = `
    import { x } from "core/imported";
    checks.add({ code: isUnresolved(value) ? "core/first" : "core/second-2", prop: "core" });
    checks.required("iops", iops, "See core/remedy.", "core/third");
    const type = "text/plain";
  `;
  expect(codesIn(source, ["core"])).toEqual(["core/first", "core/second-2", "core/third"]);
});

it("has one example for every code, in the file of its area", async () => {
  const codes = Object.keys(await readCatalogue()).sort();
  expect(EXAMPLES.map(([code]) => code).sort()).toEqual(codes);
  const misplaced = AREAS.flatMap((area) =>
    Object.keys(EXAMPLES_BY_AREA[area]!).filter((code) => areaOf(code) !== area),
  );
  expect(misplaced).toEqual([]);
});

it.each(EXAMPLES)("refuses the example of %s with this code alone", (code, example) => {
  expect(refusalOf(example).problems.map((problem) => problem.code)).toEqual([code]);
});

it("puts placeholders in backticks, since Markdown would drop them as HTML tags", async () => {
  const texts = Object.values(await readCatalogue()).flatMap(({ summary, why }) => [summary, why]);
  expect(texts.filter((text) => text.replace(/`[^`]*`/g, "").includes("<"))).toEqual([]);
});

it("generates docs/errors.md", async () => {
  const catalogue = await readCatalogue();
  expect(Object.keys(ABOUT)).toEqual(AREAS);
  const areas = AREAS.map((name): Area => {
    const entries = Object.entries(catalogue).filter(([code]) => areaOf(code) === name);
    const messages = Object.entries(EXAMPLES_BY_AREA[name]!).map(
      ([code, run]) => [code, refusalOf(run).message] as const,
    );
    return {
      name,
      catalogue: Object.fromEntries(entries),
      snippets: readSnippets(name),
      messages: new Map(messages),
    };
  });
  const text = errorsDocument(areas);
  if (process.env["UPDATE_ERRORS"]) writeFileSync(DOCUMENT, text);
  expect(readFileSync(DOCUMENT, "utf8")).toBe(text);
});
