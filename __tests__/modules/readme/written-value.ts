/** How a text says that there is nothing by default. */
const NOTHING = /\b(none|nobody|nothing|any|everything|empty)\b/;

/**
 * Whether a text says a value. Objects and lists are said by their members in any order, an empty one by "none" or "nobody".
 */
export function says(text: string, value: unknown): boolean {
  if (typeof value === "object" && value !== null) {
    const members = Object.values(value);
    return members.length === 0 ? NOTHING.test(text) : members.every((member) => says(text, member));
  }
  return indexAfter(withoutSeparators(text), value, 0) !== undefined;
}

/** Whether a text says the values in this order: a row of two props has two defaults. */
export function saysInOrder(text: string, values: readonly unknown[]): boolean {
  const plain = withoutSeparators(text);
  let place = 0;
  for (const value of values) {
    if (typeof value === "object") {
      if (!says(text, value)) return false;
      continue;
    }
    const after = indexAfter(plain, value, place);
    if (after === undefined) return false;
    place = after;
  }
  return true;
}

/** Lists the ranges that a text says: `7 to 30`. */
export function saidRanges(text: string): { readonly min: number; readonly max: number }[] {
  const found = withoutSeparators(text).matchAll(/(?<![\w.:-])(\d+) to (\d+)(?![\w:-]|\.\d)/g);
  return [...found].map(([, min, max]) => ({ min: Number(min), max: Number(max) }));
}

/** Writes 28,800 and 10 000 as 28800 and 10000. */
function withoutSeparators(text: string): string {
  return text.replace(/(?<=\d)[, ](?=\d{3}(?!\d))/g, "");
}

function indexAfter(text: string, value: unknown, from: number): number | undefined {
  const escaped = String(value).replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");
  const pattern = new RegExp(`(?<![\\w.-])${escaped}(?![\\w-]|\\.\\d)`, "g");
  pattern.lastIndex = from;
  return pattern.exec(text) === null ? undefined : pattern.lastIndex;
}
