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
  const least = literal(minCapacityAcu);
  const most = literal(maxCapacityAcu);
  checks.require(least === undefined || most === undefined || least <= most, {
    prop: "maxCapacityAcu",
    expected: `at least minCapacityAcu (${least})`,
    got: formatValue(maxCapacityAcu),
    remedy: "Each instance scales between the two.",
  });
  checks.require(!isUnresolved(instanceCount), {
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
    prop,
    expected: `${min} to ${MAX_ACU} ACU in steps of ${STEP_ACU}`,
    got: formatValue(value),
    remedy: "One ACU is about 2 GiB of memory.",
  });
}
