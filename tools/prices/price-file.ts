import { closeSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, writeSync } from "node:fs";

/** How sure a price is: A read from AWS's own price data, B one secondary source, C recalled or derived across regions. */
export type Confidence = "A" | "B" | "C";

export interface RegionalPrice {
  readonly usd: number;
  readonly confidence: Confidence;
  readonly sources: readonly string[];
}

export type PriceEntry = {
  readonly id: string;
  readonly service: string;
  readonly item: string;
  readonly unit: string;
  readonly note: string;
} & Readonly<Record<string, RegionalPrice | string>>;

/** The price list as it is stored. */
export interface PriceFile {
  readonly as_of: string;
  readonly hours_per_month: number;
  readonly confidence: Readonly<Record<Confidence, string>>;
  readonly sources: Readonly<Record<string, { readonly what: string; readonly date: string }>>;
  readonly prices: readonly PriceEntry[];
}

const NO_REGION = new Set(["id", "service", "item", "unit", "note"]);

export function readPriceFile(path: string): PriceFile {
  return JSON.parse(readFileSync(path, "utf8")) as PriceFile;
}

/** Lists the regions that have prices. */
export function regionsOf(file: PriceFile): string[] {
  const keys = file.prices.flatMap((entry) => Object.keys(entry)).filter((key) => !NO_REGION.has(key));
  return [...new Set(keys)].sort();
}

export function priceIn(entry: PriceEntry, region: string): RegionalPrice | undefined {
  const price = entry[region];
  return typeof price === "object" ? price : undefined;
}

/** Replaces the file in one step: after a failure or for a concurrent reader it is the old or the new one, never a part. */
export function writePriceFile(path: string, file: PriceFile): void {
  const draft = `${path}.${process.pid}.tmp`;
  try {
    const handle = openSync(draft, "w");
    try {
      writeSync(handle, `${JSON.stringify(file, undefined, 2)}\n`);
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    renameSync(draft, path);
  } finally {
    rmSync(draft, { force: true });
  }
}
