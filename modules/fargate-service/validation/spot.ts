import { type Checks, formatValue } from "../../core/checks";
import { isUnresolved } from "../../core/tokens";
import { taskCounts } from "../../ecs/deployment";
import { type CompleteFargateServiceProps } from "../defaults";

/** Source: ECS API reference, CapacityProviderStrategyItem. */
const MAX_BASE = 1000;

/** Refuses weights that would put every task on spot capacity, or none. */
export function checkSpot(checks: Checks, props: CompleteFargateServiceProps): void {
  const { spot } = props;
  if (!spot) return;
  // Source of the weights' range: ECS API reference, CapacityProviderStrategyItem.
  const remedy = "Without it a shortage of spot capacity would take every task.";
  checks.integer("spot.onDemandBase", spot.onDemandBase, { min: 1, max: MAX_BASE, unit: "tasks" }, remedy);
  checks.integer(
    "spot.onDemandWeight",
    spot.onDemandWeight,
    { min: 0, max: 1000 },
    "0 puts every task above the base on spot.",
  );
  const most = taskCounts(props)?.max;
  checks.require(
    most === undefined ||
      isUnresolved(spot.onDemandBase) ||
      spot.onDemandBase > MAX_BASE ||
      !(spot.onDemandBase > most),
    {
      code: "fargate-service/spot-base",
      prop: "spot.onDemandBase",
      expected: `at most ${most}, the most tasks that the service has`,
      got: formatValue(spot.onDemandBase),
      remedy: "No task would ever run on spot capacity: lower it, or leave spot out.",
    },
  );
  checks.integer("spot.spotWeight", spot.spotWeight, { min: 1, max: 1000 }, "Leave spot out to run on demand alone.");
}
