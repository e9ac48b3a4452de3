import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { allRules, type Rule } from "../../policies";
import { ROOT } from "../helpers/run-program";

const FILE = join(ROOT, "policies/README.md");
const START = "<!-- rules: UPDATE_CONTRACTS=1 writes this table -->";
const END = "<!-- end of rules -->";

function rowOf({ id, severity, tiers, controls, reason }: Rule): string[] {
  return [`\`${id}\``, severity, tiers.length === 2 ? "both" : tiers.join(), controls.join(", "), reason];
}

const expected = [["rule", "severity", "tier", "FSBP", "why"], ...allRules.map(rowOf)];

function between(text: string): string {
  return text.slice(text.indexOf(START) + START.length, text.indexOf(END));
}

/** Returns the cells of a Markdown table without their padding. */
function cells(table: string): string[][] {
  const rows = table.split("\n").filter((line) => line.startsWith("|") && !/^\|[\s|-]+\|$/.test(line));
  return rows.map((line) =>
    line
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

it("lists every rule as the code defines it", () => {
  if (process.env["UPDATE_CONTRACTS"] === "1") {
    const text = readFileSync(FILE, "utf8");
    const lines = [expected[0]!, expected[0]!.map(() => "---"), ...expected.slice(1)].map(
      (row) => `| ${row.join(" | ")} |`,
    );
    writeFileSync(
      FILE,
      text.replace(`${START}${between(text)}`, () => `${START}\n\n${lines.join("\n")}\n\n`),
    );
  }
  expect(cells(between(readFileSync(FILE, "utf8")))).toEqual(expected);
});

describe("the rules", () => {
  it("are sorted by unique ids", () => {
    const ids = allRules.map(({ id }) => id);
    expect(ids).toEqual([...new Set(ids)].sort());
  });

  it("have one sentence each for the reason and the remedy", () => {
    const bad = allRules.filter(
      ({ reason, remedy }) => ![reason, remedy].every((text) => /^[A-Z:"].{15,}[.]$|^[A-Z].{15,}"\.$/.test(text)),
    );
    expect(bad.map(({ id }) => id)).toEqual([]);
  });

  it("write AWS controls as AWS does", () => {
    expect(
      allRules.flatMap(({ controls }) => controls).filter((control) => !/^[A-Z][A-Za-z0-9]+\.\d+$/.test(control)),
    ).toEqual([]);
  });
});
