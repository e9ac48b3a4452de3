import { type BillLine, type Unpriced } from "./bill-line";
import { type Load } from "../prices/load";
import { type Plan } from "../terraform/plan";
import { Ledger } from "./pricer";
import { isFree, PRICERS } from "./pricers";
import { type Confidence } from "../prices/price-file";
import { type PriceList } from "../prices/price-list";

/** The monthly cost of one environment, in US cents. */
export interface Bill {
  readonly environment: string;
  readonly region: string;
  readonly pricesAsOf: string;
  readonly load: Load;
  readonly lines: readonly BillLine[];
  readonly unpriced: readonly Unpriced[];
  readonly fixedCents: number;
  readonly usageCents: number;
  readonly totalCents: number;
  readonly byModule: Readonly<Record<string, number>>;
  readonly byConfidence: Readonly<Record<Confidence, number>>;
}

export interface BillSource {
  readonly environment: string;
  readonly region: string;
  readonly plan: Plan;
  readonly load: Load;
  readonly prices: PriceList;
}

/** Prices every resource of a plan; a resource of an unknown type is listed as not priced. */
export function computeBill({ environment, region, plan, load, prices }: BillSource): Bill {
  const ledgers = plan.resources.map((resource) => {
    const ledger = new Ledger(resource, prices);
    const pricer = PRICERS[resource.type];
    if (pricer) pricer(resource, { plan, load, prices }, ledger);
    else if (!isFree(resource.type)) ledger.missing(resource.type, "no pricer for this type of resource");
    return ledger;
  });
  const lines = ledgers.flatMap((ledger) => ledger.lines);
  const unpriced = ledgers.flatMap((ledger) => ledger.unpriced);
  const sum = (some: readonly BillLine[]) => some.reduce((total, { cents }) => total + cents, 0);
  const fixedCents = sum(lines.filter(({ kind }) => kind === "fixed"));
  const usageCents = sum(lines.filter(({ kind }) => kind === "usage"));
  const modules = [...new Set(lines.map(({ module }) => module))].sort();
  const of = (confidence: Confidence) => sum(lines.filter((line) => line.confidence === confidence));
  return {
    environment,
    region,
    pricesAsOf: prices.asOf,
    load,
    lines,
    unpriced,
    fixedCents,
    usageCents,
    totalCents: fixedCents + usageCents,
    byModule: Object.fromEntries(modules.map((name) => [name, sum(lines.filter(({ module }) => module === name))])),
    byConfidence: { A: of("A"), B: of("B"), C: of("C") },
  };
}
