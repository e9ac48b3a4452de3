import { type CostChange } from "../cost";
import { type Seconds } from "../impact/interruption";
import { dollars, signedDollars } from "../../render/money";
import { type Counts, type StackReport } from "../report";

const VERBS: readonly (readonly [keyof Counts, string])[] = [
  ["create", "to create"],
  ["update", "to update"],
  ["replace", "to replace"],
  ["destroy", "to destroy"],
  ["forget", "to forget"],
  ["import", "to import"],
  ["move", "to move"],
];

/** `2 to create, 1 to update, 0 to replace, 0 to destroy` */
export function countWords(counts: Counts): string {
  return VERBS.filter(([key], index) => index < 4 || counts[key] > 0)
    .map(([key, verb]) => `${counts[key]} ${verb}`)
    .join(", ");
}

const STATUS: Readonly<Record<StackReport["status"], string>> = {
  ready: "can be applied",
  unchanged: "nothing to change",
  incomplete: "can be applied in part: a further plan is needed",
  failed: "FAILED: it cannot be applied",
};

export function statusWords({ status }: StackReport): string {
  return STATUS[status];
}

/** `up to 9 min`, `60 s to 2 min` */
export function duration({ atLeast, atMost }: Seconds): string {
  if (atMost === undefined) return atLeast === undefined ? "not bounded" : `at least ${time(atLeast)}`;
  return atLeast === undefined ? `up to ${time(atMost)}` : `${time(atLeast)} to ${time(atMost)}`;
}

const SECONDS_PER_MINUTE = 60;

function time(seconds: number): string {
  return seconds <= 2 * SECONDS_PER_MINUTE ? `${seconds} s` : `${Math.ceil(seconds / SECONDS_PER_MINUTE)} min`;
}

/** `$124.30 → $180.00 a month (+55.70)` */
export function costWords(cost: CostChange): string {
  if ("unavailable" in cost) return `not known: ${cost.unavailable}`;
  const { beforeCents, afterCents } = cost;
  const change = afterCents === beforeCents ? "no change" : signedDollars(afterCents - beforeCents);
  return `$${dollars(beforeCents)} → $${dollars(afterCents)} a month (${change})`;
}

/** The same with what it rests on. */
export function costWithSource(cost: CostChange): string {
  if ("unavailable" in cost) return costWords(cost);
  const { region, pricesAsOf, unpriced } = cost;
  const missing = unpriced === 0 ? "" : `; ${unpriced} items have no price`;
  return `${costWords(cost)}, list prices of ${region}, ${pricesAsOf}${missing}`;
}

export function policyWords({ policies }: StackReport): string {
  if (policies === undefined) return "not known: no synth wrote policies.json beside the plan";
  const { tier, passed, failed, warned, excepted } = policies;
  return `${passed} passed, ${failed} failed, ${warned} warned, ${excepted} excepted (${tier})`;
}
