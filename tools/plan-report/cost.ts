import { computeBill } from "../cost/bill";
import { compareBills, type Difference } from "../cost/compare";
import { type Load } from "../prices/load";
import { PriceList } from "../prices/price-list";
import { type Plan } from "../terraform/plan";
import { UserError } from "../command-line/user-error";

/** What a plan does to the monthly cost, in US cents; or why that is not known. */
export type CostChange =
  | {
      readonly beforeCents: number;
      readonly afterCents: number;
      readonly region: string;
      /** Date of the prices, ISO 8601. */
      readonly pricesAsOf: string;
      /** Rows that change, the largest amount first. */
      readonly differences: readonly Difference[];
      /** Items of the planned resources that have no price. */
      readonly unpriced: number;
    }
  | { readonly unavailable: string };

export interface CostOptions {
  readonly load: Load;
  /** Needed when the provider's region is not a literal. */
  readonly region: string | undefined;
}

/** Prices the resources before and after the plan. */
export function costChange(stack: string, before: Plan, after: Plan, { load, region: given }: CostOptions): CostChange {
  const region = given ?? after.region;
  if (region === undefined) return { unavailable: "the provider's region is not a literal: pass --region" };
  try {
    const prices = PriceList.read(region);
    const bill = (plan: Plan) => computeBill({ environment: stack, region, plan, load, prices });
    const now = bill(after);
    const { beforeCents, afterCents, differences } = compareBills(bill(before), now);
    return { beforeCents, afterCents, region, pricesAsOf: prices.asOf, differences, unpriced: now.unpriced.length };
  } catch (error) {
    if (error instanceof UserError) return { unavailable: `there are no prices for ${region}` };
    throw error;
  }
}
