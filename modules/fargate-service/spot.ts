import { type EcsServiceCapacityProviderStrategy } from "@cdktf/provider-aws/lib/ecs-service";
import * as kind from "../core/kinds";
import { type WithDefaults } from "../core/props";

export interface SpotMix {
  /**
   * Tasks that always run on demand, regardless of the weights; they remain when a zone runs out of Spot capacity.
   * @default 1
   */
  readonly onDemandBase?: number | undefined;
  /**
   * Share of on-demand tasks among the tasks above the base.
   * @default 1
   */
  readonly onDemandWeight?: number | undefined;
  /**
   * Share of spot tasks among the tasks above the base.
   * @default 1
   */
  readonly spotWeight?: number | undefined;
}

export const spotDefaults = { onDemandBase: 1, onDemandWeight: 1, spotWeight: 1 } as const satisfies SpotMix;

export type CompleteSpotMix = WithDefaults<SpotMix, typeof spotDefaults>;

export const SPOT_PROPS: kind.Shape<SpotMix> = {
  onDemandBase: kind.number,
  onDemandWeight: kind.number,
  spotWeight: kind.number,
};

/** Returns a strategy, never a launch type: the provider replaces a service that changes from one to the other. */
export function capacityStrategy(spot: CompleteSpotMix | undefined): EcsServiceCapacityProviderStrategy[] {
  if (!spot) return [{ capacityProvider: "FARGATE", base: 1, weight: 1 }];
  return [
    { capacityProvider: "FARGATE", base: spot.onDemandBase, weight: spot.onDemandWeight },
    { capacityProvider: "FARGATE_SPOT", weight: spot.spotWeight },
  ];
}
