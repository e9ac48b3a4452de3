import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { contract } from "../contract";

const README = join(__dirname, "../README.md");
const BEGIN = "<!-- variables -->";
const END = "<!-- /variables -->";

interface Row {
  readonly name: string;
  readonly when: string;
  readonly meaning: string;
}

function rows(variables: object, when: string): Row[] {
  return Object.entries(variables as Record<string, string | { readonly meaning: string }>).map(([name, value]) => ({
    name: `\`${name}\``,
    when,
    meaning: typeof value === "string" ? value : value.meaning,
  }));
}

/** As prettier would lay it out. */
function table(): string {
  const all: Row[] = [
    { name: "variable", when: "needed", meaning: "what it is" },
    ...rows(contract.container.environment, "yes"),
    ...rows(contract.secrets, "yes, secret"),
    ...rows(contract.container.optionalEnvironment, "no"),
    ...rows(contract.optionalSecrets, "no, secret"),
    ...rows(contract.migrationSecrets, "by the migration, secret"),
  ];
  const width = (key: keyof Row): number => Math.max(...all.map((row) => row[key].length));
  const widths = { name: width("name"), when: width("when"), meaning: width("meaning") };
  const line = (row: Row, fill: string): string =>
    `| ${row.name.padEnd(widths.name, fill)} | ${row.when.padEnd(widths.when, fill)} | ${row.meaning.padEnd(widths.meaning, fill)} |`;
  const [head, ...body] = all.map((row) => line(row, " "));
  return [head, line({ name: "", when: "", meaning: "" }, "-"), ...body].join("\n");
}

it("lists every variable of the contract (UPDATE_README=1 writes the list)", () => {
  const readme = readFileSync(README, "utf8");
  const [before = "", rest = ""] = readme.split(BEGIN);
  const expected = `${before}${BEGIN}\n\n${table()}\n\n${END}${rest.split(END)[1] ?? ""}`;
  if (process.env["UPDATE_README"] === "1") writeFileSync(README, expected);
  else expect(readme).toBe(expected);
});
