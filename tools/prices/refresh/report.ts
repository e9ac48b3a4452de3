import { unitPrice } from "../../render/money";
import { terminalTable } from "../../render/table";
import { type Change, type Refreshed } from "./refresh";

/** Renders the result of a refresh. */
export function renderRefresh({ confirmed, changes, held, missing }: Refreshed): string {
  const parts = [
    `${confirmed} prices unchanged, ${changes.length} changed, ${held.length} held back, ${missing.length} not found.`,
  ];
  if (changes.length > 0) parts.push(`Changed:\n\n${changeTable(changes)}`);
  if (held.length > 0) {
    const accept = `--accept ${[...new Set(held.map(({ id }) => id))].join(",")}`;
    parts.push(
      `Held back because they changed by more than half (check them, then accept them with ${accept}):\n\n${changeTable(held)}`,
    );
  }
  if (missing.length > 0) {
    const rows = missing.map(({ id, region, reason }) => [id, region, reason]);
    parts.push(
      `Not found; value, source and confidence are unchanged:\n\n${terminalTable(["price", "region", "why"], rows, ["left", "left", "left"])}`,
    );
  }
  return parts.join("\n\n");
}

function changeTable(changes: readonly Change[]): string {
  const rows = changes.map(({ id, region, before, after }) => [
    id,
    region,
    unitPrice(before),
    unitPrice(after),
    `${after > before ? "+" : ""}${((100 * (after - before)) / before).toFixed(1)} %`,
  ]);
  return terminalTable(["price", "region", "before $", "after $", "change"], rows, [
    "left",
    "left",
    "right",
    "right",
    "right",
  ]);
}
