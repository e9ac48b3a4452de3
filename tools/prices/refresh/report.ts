import { unitPrice } from "../../render/money";
import { terminalTable } from "../../render/table";
import { type Change, type Refreshed } from "./refresh";

/** What a refresh did, for a person. */
export function renderRefresh({ confirmed, changes, held, missing }: Refreshed): string {
  const parts = [
    `${confirmed} prices are as they were, ${changes.length} changed, ${held.length} held back, ${missing.length} not found.`,
  ];
  if (changes.length > 0) parts.push(`Changed:\n\n${changeTable(changes)}`);
  if (held.length > 0) {
    const accept = `--accept ${[...new Set(held.map(({ id }) => id))].join(",")}`;
    parts.push(
      `Held back, since they changed by more than half (see for yourself, then take them with ${accept}):\n\n${changeTable(held)}`,
    );
  }
  if (missing.length > 0) {
    const rows = missing.map(({ id, region, reason }) => [id, region, reason]);
    parts.push(
      `Not found, kept as they were with their source and confidence:\n\n${terminalTable(["price", "region", "why"], rows, ["left", "left", "left"])}`,
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
