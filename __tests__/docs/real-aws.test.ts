import { readPage } from "./markdown";

/** A row of a table, by its columns: item, used by, source, how to check, if not. */
const rows = readPage("docs/real-aws.md")
  .split("\n")
  .filter((line) => line.startsWith("| **"))
  .map((line) => line.split(/(?<!\\)\|/).slice(1, -1))
  .map((cells) => cells.map((cell) => cell.trim()));

/** What issue 13 found to rest on documents alone. */
const KNOWN = [
  "VPC origins by zone id",
  "rewriting of access strings",
  "Encrypted alarms to an encrypted topic",
  "`DIFF()` with one period",
  "Major-only engine versions of Aurora",
  "Log delivery v2 across regions",
  "WebSockets through a VPC origin",
];

it.each(KNOWN)("lists %s", (item) => {
  expect(rows.filter(([title]) => title?.includes(item))).toHaveLength(1);
});

it.each(rows.map((cells) => [cells[0] ?? "", cells] as const))("%s has place, source, check and remedy", (_, cells) => {
  const [, place, source, check, remedy] = cells;
  expect(cells).toHaveLength(5);
  expect(place).toMatch(/\]\(\.\.\//);
  expect(source).toMatch(/https:\/\/docs\.aws\.amazon\.com\/|^none: an estimate$/);
  expect(check?.length).toBeGreaterThan(20);
  expect(remedy?.length).toBeGreaterThan(10);
});
