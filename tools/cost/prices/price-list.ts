import { readFileSync } from "node:fs";
import { join } from "node:path";
import { CostError } from "../errors";

/** How sure a price is: A read from AWS's own price data, B one secondary source, C recalled or derived across regions. */
export type Confidence = "A" | "B" | "C";

/** A list price without tax, free tier or discount. */
export interface Price {
  readonly id: string;
  /** For example `vCPU-hour`. */
  readonly unit: string;
  /** US dollars a unit. */
  readonly usd: number;
  readonly confidence: Confidence;
}

interface PriceFile {
  readonly as_of: string;
  readonly hours_per_month: number;
  readonly confidence: Readonly<Record<Confidence, string>>;
  readonly prices: readonly PriceEntry[];
}

interface RegionalPrice {
  readonly usd: number;
  readonly confidence: Confidence;
}

type PriceEntry = { readonly id: string; readonly unit: string } & Readonly<Record<string, RegionalPrice | string>>;

export const PRICE_FILE = join(__dirname, "aws-prices.json");

/** The price list of one region. */
export class PriceList {
  /** Day that the prices were gathered on, ISO 8601. */
  readonly asOf: string;
  /** AWS's own convention for a month: 730. */
  readonly hoursPerMonth: number;
  private readonly prices: ReadonlyMap<string, Price>;

  private constructor(file: PriceFile, region: string) {
    this.asOf = file.as_of;
    this.hoursPerMonth = file.hours_per_month;
    this.prices = new Map(
      file.prices.flatMap((entry) => {
        const price = entry[region];
        if (typeof price !== "object") return [];
        return [[entry.id, { id: entry.id, unit: entry.unit, usd: price.usd, confidence: price.confidence }] as const];
      }),
    );
  }

  /** @throws CostError when the file has no price for the region at all */
  static read(region: string, path: string = PRICE_FILE): PriceList {
    const file = JSON.parse(readFileSync(path, "utf8")) as PriceFile;
    const list = new PriceList(file, region);
    if (list.prices.size === 0) {
      const known = regionsOf(file).join(", ");
      throw new CostError(
        `region: expected one that ${path} has prices for (${known}), got ${region}. Add its prices to the file, each with source and confidence.`,
      );
    }
    return list;
  }

  /** `undefined` when there is no such price: the caller lists the item as not priced. */
  find(id: string): Price | undefined {
    return this.prices.get(id);
  }
}

const NO_REGION = new Set(["id", "service", "item", "unit", "note"]);

function regionsOf(file: PriceFile): string[] {
  const keys = file.prices.flatMap((entry) => Object.keys(entry)).filter((key) => !NO_REGION.has(key));
  return [...new Set(keys)].sort();
}
