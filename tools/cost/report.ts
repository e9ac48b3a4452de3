import { type Bill } from "./bill";
import { type BillLine } from "./bill-line";
import { type Comparison } from "./compare";
import { DEFAULT_LOAD } from "../prices/load";
import { dollars, quantity, signedDollars, unitPrice } from "../render/money";
import { type Align, markdownTable, terminalTable } from "../render/table";

/** Where a report is shown. */
export type Medium = "terminal" | "markdown";

interface Table {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly align: readonly Align[];
}

const CONFIDENCE =
  "A = AWS's own price data, B = one secondary source, C = recalled or derived: check before you rely on it";

/** Renders the bill of one environment. */
export function renderBill(bill: Bill, medium: Medium): string {
  const { environment, region, pricesAsOf } = bill;
  return sections(medium, [
    [`${environment}: $${dollars(bill.totalCents)} a month in ${region}`, summary(bill)],
    ["By module", table(medium, moduleTable(bill))],
    ["Fixed", table(medium, linesTable(bill, "fixed"))],
    ["Usage at the stated load", `${statedLoad(bill)}\n\n${table(medium, linesTable(bill, "usage"))}`],
    ["Not priced", bill.unpriced.length === 0 ? "Nothing." : table(medium, unpricedTable(bill))],
    [
      "Prices",
      `List prices of ${pricesAsOf}, on demand, no tax, no free tier, no discount. Confidence: ${CONFIDENCE}.`,
    ],
  ]);
}

/** Renders how a change affects the bill. */
export function renderComparison({ beforeCents, afterCents, differences }: Comparison, medium: Medium): string {
  const change = signedDollars(afterCents - beforeCents);
  const title = `$${dollars(beforeCents)} → $${dollars(afterCents)} a month (${change})`;
  if (differences.length === 0) return sections(medium, [[title, "No row of the bill changes."]]);
  const rows = differences.map((row) => [
    row.module,
    row.item,
    dollars(row.beforeCents),
    dollars(row.afterCents),
    signedDollars(row.afterCents - row.beforeCents),
    row.address,
  ]);
  const header = ["module", "item", "before $", "after $", "change $", "address"];
  return sections(medium, [
    [title, table(medium, { header, rows, align: ["left", "left", "right", "right", "right", "left"] })],
  ]);
}

function sections(medium: Medium, parts: readonly (readonly [title: string, body: string])[]): string {
  const heading = (title: string, index: number) => {
    if (medium === "terminal") return index === 0 ? title : `${title}:`;
    return `${index === 0 ? "#" : "##"} ${title}`;
  };
  return parts.map(([title, body], index) => `${heading(title, index)}\n\n${body}`).join("\n\n");
}

function table(medium: Medium, { header, rows, align }: Table): string {
  return medium === "terminal" ? terminalTable(header, rows, align) : markdownTable(header, rows, align);
}

function summary({ fixedCents, usageCents, totalCents, byConfidence, unpriced }: Bill): string {
  const share = (cents: number) => `${totalCents === 0 ? 0 : Math.round((100 * cents) / totalCents)} %`;
  const shares = Object.entries(byConfidence).map(([grade, cents]) => `${grade} ${share(cents)}`);
  return [
    `Fixed $${dollars(fixedCents)}, plus $${dollars(usageCents)} of usage at the stated load.`,
    `Confidence of the prices, by amount: ${shares.join(", ")}. Not priced: ${unpriced.length} items, listed below.`,
  ].join("\n");
}

function moduleTable({ byModule, totalCents }: Bill): Table {
  const rows = Object.entries(byModule)
    .sort(([, a], [, b]) => b - a)
    .map(([module, cents]) => [module, dollars(cents), `${Math.round((100 * cents) / totalCents)} %`]);
  return { header: ["module", "$ a month", "share"], rows, align: ["left", "right", "right"] };
}

/** Merges equal rows into one with their number: forty alarms are one line. */
function linesTable({ lines }: Bill, kind: BillLine["kind"]): Table {
  const groups = new Map<string, { line: BillLine; count: number; cents: number }>();
  for (const line of lines.filter((entry) => entry.kind === kind)) {
    const key = [line.module, line.type, line.item, line.unitUsd, line.quantity].join(" ");
    const group = groups.get(key) ?? { line, count: 0, cents: 0 };
    groups.set(key, { line, count: group.count + 1, cents: group.cents + line.cents });
  }
  const rows = [...groups.values()]
    .sort((a, b) => b.cents - a.cents)
    .map(({ line, count, cents }) => [
      line.module,
      count === 1 ? line.item : `${line.item} × ${count}`,
      `${quantity(line.quantity * count)} ${line.unit.split(" (")[0]}`,
      unitPrice(line.unitUsd),
      line.confidence,
      dollars(cents),
    ]);
  const header = ["module", "item", "quantity", "unit $", "conf.", "$ a month"];
  return { header, rows, align: ["left", "left", "right", "right", "left", "right"] };
}

function unpricedTable({ unpriced }: Bill): Table {
  const rows = unpriced.map(({ module, item, reason }) => [module, item, reason]);
  return { header: ["module", "item", "why"], rows, align: ["left", "left", "left"] };
}

function statedLoad({ load }: Bill): string {
  const given = Object.entries(load).map(([key, value]) => `${key}=${String(value)}`);
  const isDefault = Object.entries(DEFAULT_LOAD).every(([key, value]) => load[key as keyof typeof load] === value);
  return `${given.join(", ")}${isDefault ? " (the default; --load changes it)" : ""}`;
}
