import { type Bill } from "./bill";
import { type BillLine } from "./bill-line";

/** One row that a change brings, takes away or changes. Cents; 0 where the row is not there. */
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

/** What a change does to the bill, the dearest first: what a reviewer looks at. */
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

/** Lines that are the same thing before and after, whatever their count: an address, billed by one unit for one reason. */
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
