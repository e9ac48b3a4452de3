import { priceIn, type PriceFile, regionsOf } from "../price-file";
import { lookUp } from "./look-up";

export interface Change {
  readonly id: string;
  readonly region: string;
  readonly before: number;
  readonly after: number;
}

export interface Missing {
  readonly id: string;
  readonly region: string;
  readonly reason: string;
}

/** The result of a refresh. */
export interface Refreshed {
  readonly file: PriceFile;
  readonly confirmed: number;
  readonly changes: readonly Change[];
  /** Changes that are too large to accept without a review; the old price stays. */
  readonly held: readonly Change[];
  readonly missing: readonly Missing[];
}

export interface RefreshOptions {
  readonly base: string;
  /** ISO day of the refresh. */
  readonly today: string;
  /** Ids whose new price is accepted however much it changed. */
  readonly accepted?: ReadonlySet<string>;
}

/** Largest factor of a plausible change; beyond it a misread row is more likely. */
const PLAUSIBLE_FACTOR = 1.5;

/** Key of the source of refreshed prices. */
const SOURCE = "PL";

/**
 * Updates a price file with AWS's current prices. A price that is not found keeps its value, source and confidence.
 * @throws PriceError when one of AWS's files cannot be read completely
 */
export async function refresh(file: PriceFile, { base, today, accepted }: RefreshOptions): Promise<Refreshed> {
  const changes: Change[] = [];
  const held: Change[] = [];
  const missing: Missing[] = [];
  const taken = new Map<string, number>();
  for (const region of regionsOf(file)) {
    const known = file.prices.filter((entry) => priceIn(entry, region));
    const answers = await lookUp(
      base,
      region,
      known.map(({ id }) => id),
    );
    for (const entry of known) {
      const { id } = entry;
      const answer = answers.get(id)!;
      if ("missing" in answer) {
        missing.push({ id, region, reason: answer.missing });
        continue;
      }
      const change = { id, region, before: priceIn(entry, region)!.usd, after: answer.usd };
      const isAccepted = isPlausible(change) || accepted?.has(id) === true;
      if (!isAccepted) held.push(change);
      else {
        taken.set(`${id} ${region}`, answer.usd);
        if (change.before !== change.after) changes.push(change);
      }
    }
  }
  return { file: withPrices(file, taken, today), confirmed: taken.size - changes.length, changes, held, missing };
}

function isPlausible({ before, after }: Change): boolean {
  return Math.max(before, after) <= PLAUSIBLE_FACTOR * Math.min(before, after);
}

function withPrices(file: PriceFile, taken: ReadonlyMap<string, number>, today: string): PriceFile {
  if (taken.size === 0) return file;
  const prices = file.prices.map((entry) => {
    const regional = regionsOf(file).flatMap((region) => {
      const usd = taken.get(`${entry.id} ${region}`);
      return usd === undefined ? [] : [[region, { usd, confidence: "A", sources: [SOURCE] }] as const];
    });
    return { ...entry, ...Object.fromEntries(regional) };
  });
  const source = { what: "AWS Price List bulk API, read by `make prices`", date: today };
  return { ...file, as_of: today, sources: { ...file.sources, [SOURCE]: source }, prices };
}
