import fc from "fast-check";
import { renderMarkdown } from "../../../tools/plan-report/render/markdown";
import { type Json } from "../../../tools/terraform/json";
import { changeOf, inputOf, planWith, reportOf } from "./plans";

/** Counts the cells of a row as GitHub does: a backslash escapes the punctuation that follows it. Source: GFM, "Tables". */
function cellsOf(row: string): number {
  return row.replace(/\\[!-/:-@[-`{-~]/g, "").split("|").length;
}

/** Names and values with all that Markdown, HTML and terminals read. */
const nasty = fc.string({
  unit: fc.constantFrom(..."|\\`*_[]()<>&#@~! \n\t\r\"'$%{}a1é日\u202e\u001b-="),
  maxLength: 40,
});
const values = fc.dictionary(nasty, fc.oneof(nasty, fc.integer(), fc.array(nasty), fc.constant(null)), { maxKeys: 4 });
const change = fc
  .tuple(nasty, fc.constantFrom(["create"], ["update"], ["delete", "create"], ["delete"]), values, values)
  .map(([key, actions, before, after]) =>
    changeOf(`aws_lb.x[${JSON.stringify(key)}]`, actions, {
      before: before as Json,
      after: after as Json,
      replace_paths: [[Object.keys(before)[0] ?? "x"]],
    }),
  );

it("keeps every table and fold whole, whatever names and values contain", () => {
  fc.assert(
    fc.property(
      fc.array(change, { maxLength: 12 }),
      nasty,
      fc.integer({ min: 1000, max: 6000 }),
      (changes, message, limit) => {
        const report = reportOf(
          inputOf(planWith(changes), { diagnostics: [{ severity: "error", summary: "x", detail: message }] }),
        );
        const text = renderMarkdown(report, limit);
        expect(text.length).toBeLessThanOrEqual(limit);
        for (const control of ["\u001b", "\u202e"]) expect(text).not.toContain(control);
        const outside = text.replace(/^(`{3,})text\n[\s\S]*?\n\1$/gm, "");
        expect(outside.match(/^<details>/gm)?.length).toBe(outside.match(/^<\/details>/gm)?.length);
        for (const table of outside.split(/\n\n+/).filter((block) => block.startsWith("|"))) {
          expect([...new Set(table.split("\n").map(cellsOf))]).toHaveLength(1);
        }
        // No tag but our own: everything else is code or written as an entity.
        const prose = outside.replace(/(?<!`)(`+)(?!`)[\s\S]*?(?<!`)\1(?!`)/g, "");
        expect(prose.replace(/<\/?(details|summary|br|code)>|<!-- plan-report -->/g, "")).not.toMatch(/<[a-z!/]/i);
      },
    ),
    { numRuns: 200 },
  );
});
