import { type Checks, formatValue } from "../../core/checks";
import { isUnresolved, literal } from "../../core/tokens";
import { type CompleteAuroraProps } from "../defaults";

/** Source: Aurora user guide, "Aurora Serverless v2 capacity". */
const MAX_ACU = 256;
const STEP_ACU = 0.5;

export function checkAurora(
  checks: Checks,
  { minCapacityAcu, maxCapacityAcu, instanceCount }: CompleteAuroraProps,
): void {
  checkCapacity(checks, "minCapacityAcu", minCapacityAcu, 0);
  checkCapacity(checks, "maxCapacityAcu", maxCapacityAcu, 1);
  const min = literal(minCapacityAcu);
  const max = literal(maxCapacityAcu);
  checks.require(min === undefined || max === undefined || min <= max, {
    code: "database/capacity-order",
    prop: "maxCapacityAcu",
    expected: `at least minCapacityAcu (${min})`,
    got: formatValue(maxCapacityAcu),
    remedy: "Each instance scales between the two: raise maxCapacityAcu or lower minCapacityAcu.",
  });
  checks.require(!isUnresolved(instanceCount), {
    code: "core/literal-required",
    prop: "instanceCount",
    expected: "a literal",
    got: formatValue(instanceCount),
    remedy: "It decides what is synthesized, so it must be known at synth.",
  });
  checks.integer(
    "instanceCount",
    instanceCount,
    { min: 1, max: 16 },
    "A cluster has one writer and at most 15 readers.",
  );
}

function checkCapacity(checks: Checks, prop: string, value: number, min: number): void {
  if (isUnresolved(value)) return;
  const fits = Number.isInteger(value / STEP_ACU) && value >= min && value <= MAX_ACU;
  checks.require(fits, {
    code: "database/capacity",
    prop,
    expected: `${min} to ${MAX_ACU} ACU in steps of ${STEP_ACU}`,
    got: formatValue(value),
    remedy: "One ACU is about 2 GiB of memory.",
  });
}
