import { type Bill } from "./bill";
import { type BillLine } from "./bill-line";

/** One row that a change adds, removes or changes, in cents; 0 where the row is missing. */
export interface Difference {
  readonly address: string;
  readonly module: string;
  readonly item: string;
  readonly beforeCents: number;
  readonly afterCents: number;
}

export interface Comparison {
  readonly beforeCents: number;
  readonly afterCents: number;
  readonly differences: readonly Difference[];
}

/** Lists how a change affects the bill, the largest amount first. */
export function compareBills(before: Bill, after: Bill): Comparison {
  const old = groups(before);
  const now = groups(after);
  const keys = [...new Set([...old.keys(), ...now.keys()])];
  const differences = keys.flatMap((key) => {
    const was = old.get(key) ?? [];
    const is = now.get(key) ?? [];
    const beforeCents = total(was);
    const afterCents = total(is);
    const line = is[0] ?? was[0];
    if (!line || beforeCents === afterCents) return [];
    const item = [...new Set([...was, ...is].map((entry) => entry.item))].join(" → ");
    return [{ address: line.address, module: line.module, item, beforeCents, afterCents }];
  });
  const size = ({ beforeCents, afterCents }: Difference) => Math.abs(afterCents - beforeCents);
  return {
    beforeCents: before.totalCents,
    afterCents: after.totalCents,
    differences: differences.sort((a, b) => size(b) - size(a) || (a.address < b.address ? -1 : 1)),
  };
}

/** Groups the lines that are comparable before and after: same address, kind and unit. */
function groups(bill: Bill): Map<string, BillLine[]> {
  const found = new Map<string, BillLine[]>();
  for (const line of bill.lines) {
    const key = [line.address, line.kind, line.unit].join(" ");
    found.set(key, [...(found.get(key) ?? []), line]);
  }
  return found;
}

function total(lines: readonly BillLine[]): number {
  return lines.reduce((sum, { cents }) => sum + cents, 0);
}
