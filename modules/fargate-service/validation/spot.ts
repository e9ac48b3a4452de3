import { type Checks } from "../../core/checks";
import { type CompleteFargateServiceProps } from "../defaults";

/** Refuses weights that would put every task on spot capacity. */
export function checkSpot(checks: Checks, { spot }: CompleteFargateServiceProps): void {
  if (!spot) return;
  // Source of the weights' range: ECS API reference, CapacityProviderStrategyItem.
  const remedy = "Without it a shortage of spot capacity would take every task.";
  checks.integer("spot.onDemandBase", spot.onDemandBase, { min: 1, max: 1000, unit: "tasks" }, remedy);
  checks.integer(
    "spot.onDemandWeight",
    spot.onDemandWeight,
    { min: 0, max: 1000 },
    "0 puts every task above the base on spot.",
  );
  checks.integer("spot.spotWeight", spot.spotWeight, { min: 1, max: 1000 }, "Leave spot out to run on demand alone.");
}
