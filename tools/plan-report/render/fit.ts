/** A part of a document that is shown whole, or row by row. */
export interface Part {
  /** What is always shown before the rows. */
  readonly head: string;
  /** The head of a table, shown when a row is. */
  readonly header: string;
  readonly rows: readonly string[];
  /** What is always shown after the rows. */
  readonly tail: string;
  /** The rows of parts with a lower number are kept first. */
  readonly rank: number;
  /** Word for the rows: `changes`. */
  readonly noun: string;
}

const SEPARATOR = "\n\n";
const WHERE = "a comment cannot be longer; the whole report is in the job's log and in its JSON";

/**
 * Joins parts to a document of at most `limit` characters. What does not fit is left out row by row, the least important rows first, and
 * a line says how many. If not even the heads fit, the least important parts are left out whole.
 */
export function fit(parts: readonly Part[], limit: number): string {
  const everything = parts.map((part) => renderPart(part, part.rows.length)).join(SEPARATOR);
  if (everything.length <= limit) return everything;
  const order = parts.map((_, index) => index).sort((a, b) => parts[a]!.rank - parts[b]!.rank || a - b);
  const heads = parts.map((part) => renderPart(part, 0).length + SEPARATOR.length);
  const allHeads = heads.reduce((sum, length) => sum + length, 0);
  const room = { left: limit - leftOut(parts.length).length };
  const shown = new Map<number, number>();
  if (allHeads <= room.left) {
    room.left -= allHeads;
    for (const index of order) shown.set(index, rowsThatFit(parts[index]!, room));
  } else {
    for (const index of order) {
      if (heads[index]! > room.left) break;
      room.left -= heads[index]!;
      shown.set(index, rowsThatFit(parts[index]!, room));
    }
  }
  return render(parts, shown);
}

/** Counts the rows of a part that fit, and takes their room. */
function rowsThatFit({ header, rows }: Part, room: { left: number }): number {
  for (const [index, row] of rows.entries()) {
    const cost = row.length + 1 + (index === 0 ? header.length + SEPARATOR.length : 0);
    if (cost > room.left) return index;
    room.left -= cost;
  }
  return rows.length;
}

function render(parts: readonly Part[], shown: ReadonlyMap<number, number>): string {
  const texts = parts.flatMap((part, index) => {
    const rows = shown.get(index);
    return rows === undefined ? [] : [renderPart(part, rows)];
  });
  return [...texts, ...(shown.size === parts.length ? [] : [leftOut(parts.length - shown.size)])].join(SEPARATOR);
}

function leftOut(parts: number): string {
  return `_… and ${parts} more sections: ${WHERE}._`;
}

function renderPart({ head, header, rows, tail, noun }: Part, shown: number): string {
  const left = rows.length - shown;
  const table = shown === 0 ? [] : [[header, ...rows.slice(0, shown)].filter((line) => line !== "").join("\n")];
  const more = left === 0 ? [] : [`_… and ${left} more ${noun}: ${WHERE}._`];
  return [head, ...table, ...more, tail].filter((text) => text !== "").join(SEPARATOR);
}
