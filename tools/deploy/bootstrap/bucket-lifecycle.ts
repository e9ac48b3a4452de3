import { type LifecycleRule } from "@aws-sdk/client-s3";
import { isDeepStrictEqual } from "node:util";

/** Earlier states of the last year stay; they are small. */
const OLD_STATE_DAYS = 365;
/** A reviewed plan that nobody approved contains secrets. */
const PLAN_DAYS = 7;

/** Returns the rules that a state bucket has to have: for earlier states, and for the stored plans of each stack. */
export function wantedRules(stacks: readonly string[]): LifecycleRule[] {
  return [
    {
      ID: "old-states",
      Status: "Enabled",
      Filter: { Prefix: "" },
      NoncurrentVersionExpiration: { NoncurrentDays: OLD_STATE_DAYS },
      AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 },
    },
    ...stacks.map((stack): LifecycleRule => ({
      ID: `plans-${stack}`,
      Status: "Enabled",
      Filter: { Prefix: `${stack}/plans/` },
      Expiration: { Days: PLAN_DAYS },
      NoncurrentVersionExpiration: { NoncurrentDays: PLAN_DAYS },
    })),
  ];
}

/** Lists the wanted rules that are missing or differ. */
export function missingRules(existing: readonly LifecycleRule[], wanted: readonly LifecycleRule[]): LifecycleRule[] {
  return wanted.filter((rule) => !existing.some((each) => isDeepStrictEqual(plain(each), plain(rule))));
}

/** Returns all rules with the wanted ones in place; those of others stay. */
export function mergedRules(existing: readonly LifecycleRule[], wanted: readonly LifecycleRule[]): LifecycleRule[] {
  const own = new Set(wanted.map(({ ID }) => ID));
  return [...existing.filter(({ ID }) => !own.has(ID)), ...wanted];
}

/** The SDK adds undefined fields, and AWS an empty prefix. */
function plain({ ID, Status, Filter, Expiration, NoncurrentVersionExpiration, ...rest }: LifecycleRule): unknown {
  const { AbortIncompleteMultipartUpload } = rest;
  return JSON.parse(
    JSON.stringify({
      ...{ ID, Status, prefix: Filter?.Prefix ?? "", days: Expiration?.Days },
      ...{ NoncurrentVersionExpiration, AbortIncompleteMultipartUpload },
    }),
  );
}
