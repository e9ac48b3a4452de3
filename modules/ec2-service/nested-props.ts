import * as kind from "../core/kinds";
import { type WithDefaults } from "../core/props";
import { SECRET_VARIABLES, type SecretVariables } from "../ecs/secrets";

export interface InstanceMigrationProps {
  /** Brings the database's schema up to date and exits 0. Each new instance runs it, several at once: it takes a lock. */
  readonly command: readonly string[];
  /**
   * Secret variables of the migration alone; it does not receive those of the processes.
   * @default none
   */
  readonly secrets?: SecretVariables | undefined;
  /**
   * Seconds until an unfinished migration fails the instance, 2 to 3600.
   * @default 120
   */
  readonly timeoutSec?: number | undefined;
}

export const migrationDefaults = { secrets: {}, timeoutSec: 120 } as const satisfies Partial<InstanceMigrationProps>;
export type CompleteMigration = WithDefaults<InstanceMigrationProps, typeof migrationDefaults>;

export const INSTANCE_MIGRATION_PROPS: kind.Shape<InstanceMigrationProps> = {
  command: kind.array(kind.string),
  secrets: SECRET_VARIABLES,
  timeoutSec: kind.number,
};

export interface InstanceAutoscaling {
  /** Fewest instances, at least 1; two keep the service up when a zone fails. */
  readonly minCount: number;
  /** Most instances, more than `minCount`: a new instance starts before the old one ends. */
  readonly maxCount: number;
  /**
   * Mean CPU to keep, in percent; `false` to leave CPU out.
   * @default 70
   */
  readonly cpuPercent?: number | false | undefined;
  /**
   * Open connections per process to keep; needs `connectionMetric`. An instance holds this many times `processes`.
   * @default connections are left out
   */
  readonly connectionsPerProcess?: number | undefined;
}

// The figure of the deployment guide.
export const autoscalingDefaults = { cpuPercent: 70 } as const satisfies Partial<InstanceAutoscaling>;
export type CompleteAutoscaling = WithDefaults<InstanceAutoscaling, typeof autoscalingDefaults>;

export const INSTANCE_AUTOSCALING_PROPS: kind.Shape<InstanceAutoscaling> = {
  minCount: kind.number,
  maxCount: kind.number,
  cpuPercent: kind.numberOrFalse,
  connectionsPerProcess: kind.number,
};

export interface InstanceSpot {
  /**
   * Instances that always run on demand; they remain when Spot capacity runs out.
   * @default 1
   */
  readonly onDemandBase?: number | undefined;
  /**
   * Share of on-demand instances above the base, in percent, 0 to 99.
   * @default 0
   */
  readonly onDemandPercent?: number | undefined;
}

export const spotDefaults = { onDemandBase: 1, onDemandPercent: 0 } as const satisfies InstanceSpot;
export type CompleteSpot = WithDefaults<InstanceSpot, typeof spotDefaults>;

export const INSTANCE_SPOT_PROPS: kind.Shape<InstanceSpot> = {
  onDemandBase: kind.number,
  onDemandPercent: kind.number,
};
