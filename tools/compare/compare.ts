import { readFileSync } from "node:fs";
import { join } from "node:path";
import { computeBill } from "../cost/bill";
import { type Load } from "../prices/load";
import { type PriceList } from "../prices/price-list";
import { Plan } from "../terraform/plan";
import { type PlanJson } from "../terraform/plan-json";
import { type Fact, type Pattern, type Settings } from "./pattern";

/** Plans of the profile `small` on each pattern, reduced to what is compared. `__tests__/programs/compare-plans.ts` writes them. */
export const PLANS = join(__dirname, "plans");

/** The region of the plans. */
export const REGION = "ap-northeast-1";

/** A pattern with what follows from its stack. */
export interface Compared {
  readonly pattern: Pattern;
  /** Resources of the stack. */
  readonly resources: number;
  readonly capacity: { readonly connections: number; readonly why: string };
  readonly timeToDeploy: Fact;
  /** US cents a month without any client. */
  readonly idleCents: number;
  /** US cents a month at a load; `undefined` where the stack does not hold it. */
  readonly centsAt: (load: Load) => number | undefined;
}

/** Reads the reduced plan of a pattern, with the settings of its service. @throws Error when it is missing */
export function readPlan(pattern: string): PlanJson & { readonly settings: Settings } {
  const text = readFileSync(join(PLANS, `${pattern}.plan.json`), "utf8");
  return JSON.parse(text) as PlanJson & { readonly settings: Settings };
}

/** Computes everything that the stack of a pattern says. @throws Error when its plan is missing */
export function compare(pattern: Pattern, prices: PriceList): Compared {
  const { settings, ...json } = readPlan(pattern.id);
  const plan = new Plan(json);
  const stack = { plan, settings };
  const capacity = pattern.capacity(stack);
  const bill = (load: Load) =>
    computeBill({
      environment: pattern.id,
      region: REGION,
      plan: pattern.planAt?.(stack, load) ?? plan,
      load,
      prices,
    });
  return {
    pattern,
    resources: plan.resources.length,
    capacity,
    timeToDeploy: pattern.timeToDeploy(stack),
    idleCents: bill(NOBODY).fixedCents,
    centsAt: (load) => (load.connections > capacity.connections ? undefined : bill(load).totalCents),
  };
}

const NOBODY: Load = {
  connections: 0,
  newConnectionsPerSec: 0,
  messagesPerSec: 0,
  receiversPerMessage: 0,
  messageBytes: 0,
  requestsPerSec: 0,
  responseBytes: 0,
  databaseGiB: 0,
  suspiciousShare: 0,
  natGbPerMonth: 0,
};

/** The pattern to choose for a load, and why. */
export interface Recommendation {
  /** `undefined` when no stack holds the load. */
  readonly chosen: Compared | undefined;
  readonly why: string;
}

/** Recommends the cheapest pattern that holds the load, carries WebSockets for it and can be created by anybody. */
export function recommend(all: readonly Compared[], load: Load): Recommendation {
  const holding = all
    .map((compared) => ({ compared, cents: compared.centsAt(load) }))
    .filter((entry): entry is { compared: Compared; cents: number } => entry.cents !== undefined)
    .sort((a, b) => a.cents - b.cents);
  const open = holding.filter(({ compared }) => compared.pattern.openToNewCustomers);
  const [chosen] = open;
  if (chosen === undefined) {
    return {
      chosen: undefined,
      why: "No stack of the profile small holds this load. Raise maxCount, take a larger profile, or run `make capacity`, which sizes up to ten million connections.",
    };
  }
  const closed = holding.find(({ compared, cents }) => !compared.pattern.openToNewCustomers && cents < chosen.cents);
  const cheaper = closed
    ? ` ${closed.compared.pattern.title.en} costs less and holds this load, but carries no WebSockets, has no second instance and takes no new customers.`
    : "";
  return {
    chosen: chosen.compared,
    why: `The cheapest that holds ${load.connections.toLocaleString("en-US")} connections and can be created by anybody.${cheaper}`,
  };
}
