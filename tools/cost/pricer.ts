import { type BillLine, type Kind, type Unpriced } from "./bill-line";
import { type Load } from "../prices/load";
import { type Plan, type Resource } from "../terraform/plan";
import { type Confidence } from "../prices/price-file";
import { type PriceList } from "../prices/price-list";

/** What a price depends on beside the resource itself. */
export interface Context {
  readonly plan: Plan;
  readonly load: Load;
  readonly prices: PriceList;
}

/** Adds the rows of one resource to the bill. */
export type Pricer = (resource: Resource, context: Context, bill: Ledger) => void;

/** Collects the rows of one resource. */
export class Ledger {
  readonly lines: BillLine[] = [];
  readonly unpriced: Unpriced[] = [];

  constructor(
    private readonly resource: Resource,
    private readonly prices: PriceList,
  ) {}

  /** Adds a row for every hour of the month, times `count`. */
  hourly(item: string, priceId: string, count: number, kind: Kind = "fixed"): void {
    this.add(item, priceId, count * this.prices.hoursPerMonth, kind);
  }

  /**
   * Adds a row of `quantity` units of a price; without a price in the list it becomes an unpriced row.
   * @param ratio multiplies the price, for a discount that is itself an estimate
   */
  add(item: string, priceId: string, quantity: number, kind: Kind, ratio?: Ratio): void {
    if (quantity === 0) return;
    const { address, type, module } = this.resource;
    const price = this.prices.find(priceId);
    if (!price) {
      this.missing(item, `no price "${priceId}" in the list for this region`);
      return;
    }
    const unitUsd = price.usd * (ratio?.factor ?? 1);
    const confidence = lesser(price.confidence, ratio?.confidence ?? "A");
    const cents = Math.round(quantity * unitUsd * 100);
    this.lines.push({ address, type, module, item, kind, quantity, unit: price.unit, unitUsd, confidence, cents });
  }

  missing(item: string, reason: string): void {
    const { address, module } = this.resource;
    this.unpriced.push({ address, module, item, reason });
  }
}

/** A factor on a list price, with the confidence in it. */
export interface Ratio {
  readonly factor: number;
  readonly confidence: Confidence;
}

/** Returns the lower confidence, which is that of a product. */
function lesser(a: Confidence, b: Confidence): Confidence {
  return a > b ? a : b;
}
