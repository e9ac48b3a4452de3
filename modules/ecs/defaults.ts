import { type WithDefaults, withDefaults } from "../core/props";
import { type CompleteServiceAutoscaling, serviceAutoscalingDefaults } from "./autoscaling-props";
import { type CompleteMigration, migrationDefaults } from "./migration";
import { type EcsServiceProps } from "./props";

export const ecsServiceDefaults = {
  kind: "sockets",
  containerName: "app",
  user: "1001:1001",
  environment: {},
  secrets: {},
  plainTextReasons: {},
  secretKmsKeyArns: [],
  bootSec: 60,
  drainSec: 20,
  logRetentionDays: 30,
  connections: {},
  egressCidrs: ["0.0.0.0/0"],
  egressPrefixListIds: {},
  minimumHealthyPercent: 100,
  maximumPercent: 200,
  rollbackAlarmNames: [],
  deployTimeoutSec: 1800,
  waitForSteadyState: true,
  revisionsOutsideTerraform: "revert",
  enableExecuteCommand: false,
  taskPolicyStatements: [],
} as const satisfies Partial<EcsServiceProps>;

type Nested = "migration" | "autoscaling" | "desiredCount";

/** The nested props with every default filled in. */
interface CompleteNestedProps {
  readonly desiredCount: number;
  readonly migration: CompleteMigration | undefined;
  readonly autoscaling: CompleteServiceAutoscaling | undefined;
  /** Whether `drainSec` came from the caller. */
  readonly drainSecGiven: boolean;
}

/** All props with every default filled in, those of nested objects too. */
export type CompleteEcsServiceProps = Omit<WithDefaults<EcsServiceProps, typeof ecsServiceDefaults>, Nested> &
  CompleteNestedProps;

/**
 * Fills in the defaults of nested objects.
 * @param drainSecGiven whether `drainSec` came from the caller
 */
export function completeNestedProps(
  { desiredCount, migration, autoscaling }: Pick<EcsServiceProps, Nested>,
  drainSecGiven: boolean,
): CompleteNestedProps {
  return {
    desiredCount: desiredCount !== undefined ? desiredCount : (autoscaling?.minCount ?? 2),
    migration: migration && withDefaults(migrationDefaults, migration),
    autoscaling: autoscaling && withDefaults(serviceAutoscalingDefaults, autoscaling),
    drainSecGiven,
  };
}
