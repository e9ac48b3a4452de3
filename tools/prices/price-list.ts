import { join } from "node:path";
import { PriceError } from "./errors";
import { type Confidence, priceIn, type PriceFile, readPriceFile, regionsOf } from "./price-file";

/** A list price without tax, free tier or discount. */
export interface Price {
  readonly id: string;
  /** For example `vCPU-hour`. */
  readonly unit: string;
  /** US dollars a unit. */
  readonly usd: number;
  readonly confidence: Confidence;
}

export const PRICE_FILE = join(__dirname, "aws-prices.json");

/** The price list of one region. */
export class PriceList {
  /** Date of the prices, ISO 8601. */
  readonly asOf: string;
  /** Hours in a month by AWS's convention: 730. */
  readonly hoursPerMonth: number;
  private readonly prices: ReadonlyMap<string, Price>;

  private constructor(file: PriceFile, region: string) {
    this.asOf = file.as_of;
    this.hoursPerMonth = file.hours_per_month;
    this.prices = new Map(
      file.prices.flatMap((entry) => {
        const price = priceIn(entry, region);
        if (!price) return [];
        return [[entry.id, { id: entry.id, unit: entry.unit, usd: price.usd, confidence: price.confidence }] as const];
      }),
    );
  }

  /** Reads the prices of a region. @throws PriceError when the file has none */
  static read(region: string, path: string = PRICE_FILE): PriceList {
    const file = readPriceFile(path);
    const list = new PriceList(file, region);
    if (list.prices.size === 0) {
      const known = regionsOf(file).join(", ");
      throw new PriceError(
        `region: expected one that ${path} has prices for (${known}), got ${region}. Add the region's prices to the file, each with its sources and confidence.`,
      );
    }
    return list;
  }

  /** Returns `undefined` when there is no such price; the caller then lists the item as not priced. */
  find(id: string): Price | undefined {
    return this.prices.get(id);
  }
}
