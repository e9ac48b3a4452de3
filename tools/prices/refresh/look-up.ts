import { type OfferRow, offerRows } from "./offer-file";
import { type Offer, offerOf, REGION_PREFIXES } from "./offers";

/** The result of looking up one price in AWS's list. */
export type Answer = { readonly usd: number } | { readonly missing: string };

interface Wanted {
  readonly id: string;
  readonly offer: Offer;
  /** The usage types that it may have in this region. */
  readonly usages: ReadonlySet<string>;
}

/**
 * Looks up prices in AWS's list, one file after the other.
 * @returns an answer for every id, found or not
 * @throws PriceError when a file cannot be read completely
 */
export async function lookUp(base: string, region: string, ids: readonly string[]): Promise<Map<string, Answer>> {
  const answers = new Map<string, Answer>();
  const files = new Map<string, Wanted[]>();
  for (const id of ids) {
    const offer = offerOf(id);
    const prefixes = offer?.prefixes?.[region] ?? REGION_PREFIXES[region];
    if (!offer) answers.set(id, { missing: "its place in AWS's list is not known" });
    else if (!prefixes) answers.set(id, { missing: `the prefix of usage types in ${region} is not known` });
    else {
      const usages = new Set(prefixes.map((prefix) => prefix + offer.usage));
      const file = `${offer.service} ${offer.global ? "" : region}`;
      files.set(file, [...(files.get(file) ?? []), { id, offer, usages }]);
    }
  }
  for (const [file, wanted] of files) {
    const [service = "", place = ""] = file.split(" ");
    const rows = new Map<string, OfferRow[]>(wanted.map(({ id }) => [id, []]));
    for await (const row of offerRows(base, service, place === "" ? undefined : place)) {
      for (const item of wanted) if (matches(row, item)) rows.get(item.id)!.push(row);
    }
    for (const { id, offer } of wanted) answers.set(id, answerOf(rows.get(id)!, offer));
  }
  return answers;
}

function matches(row: OfferRow, { offer, usages }: Wanted): boolean {
  if (!usages.has(row["usageType"] ?? "")) return false;
  return Object.entries(offer.where ?? {}).every(([column, values]) => values.includes(row[column] ?? ""));
}

/** Takes the price of the first units that are not free: neither a free tier nor a volume discount. */
function answerOf(rows: readonly OfferRow[], { usage, per = 1 }: Offer): Answer {
  const priced = rows.filter((row) => Number(row["PricePerUnit"]) > 0);
  if (priced.length === 0) return { missing: `no price of usage type ${usage}` };
  const start = Math.min(...priced.map((row) => Number(row["StartingRange"])));
  const first = priced.filter((row) => Number(row["StartingRange"]) === start);
  const prices = [...new Set(first.map((row) => Number(row["PricePerUnit"])))];
  if (prices.length > 1) return { missing: `several prices of usage type ${usage}: ${prices.join(", ")}` };
  // Rounded to ten significant digits, so that 0.0000006 × 1,000,000 is 0.6.
  return { usd: Number((prices[0]! * per).toPrecision(10)) };
}
