import { computeBill } from "../cost/bill";
import { parseLoad } from "../prices/load";
import { PriceList } from "../prices/price-list";
import { dollars } from "../render/money";
import { Plan } from "../terraform/plan";
import { type PlanJson } from "../terraform/plan-json";

/** How long a run takes, in minutes: estimates, mostly of the database with a standby. */
export const EXPECTED_MINUTES = { create: 30, check: 40, destroy: 20 } as const;

/** What a run costs by list prices, in US cents. */
export interface Price {
  readonly pricesAsOf: string;
  readonly hourlyCents: number;
  readonly expectedMinutes: number;
  /** Load balancer and NAT gateway are paid for each hour that has begun. */
  readonly begunHours: number;
  readonly expectedCents: number;
  /** What costs money and has no price in the list. */
  readonly unpriced: readonly string[];
}

/** Prices a run by the plan of its environment. @throws PriceError for a region without prices */
export function priceOf(environment: string, region: string, json: PlanJson): Price {
  const prices = PriceList.read(region);
  const bill = computeBill({ environment, region, plan: new Plan(json), load: parseLoad(undefined), prices });
  const hourly = bill.fixedCents / prices.hoursPerMonth;
  const { create, check, destroy } = EXPECTED_MINUTES;
  const expectedMinutes = create + check + destroy;
  const begunHours = Math.ceil(expectedMinutes / 60);
  return {
    pricesAsOf: bill.pricesAsOf,
    hourlyCents: Math.ceil(hourly),
    expectedMinutes,
    begunHours,
    expectedCents: Math.ceil(hourly * begunHours),
    // One for each log group says no more than one.
    unpriced: [...new Set(bill.unpriced.map(({ item }) => item.replace(/^(log data) of .*/, "$1")))].sort(),
  };
}

/** Says what a run costs, in one or two lines. */
export function renderPrice(price: Price): string[] {
  const { hourlyCents, begunHours, expectedMinutes, expectedCents, pricesAsOf, unpriced } = price;
  const sum = `${expectedCents} cents ($${dollars(expectedCents)})`;
  return [
    `Costs ${hourlyCents} cents an hour: ${sum} for about ${expectedMinutes} minutes, ${begunHours} hours that have begun.`,
    `By list prices of ${pricesAsOf}, without tax; traffic and requests of the checks are below a cent.`,
    ...(unpriced.length === 0 ? [] : [`Not priced: ${unpriced.join(", ")}.`]),
  ];
}
