import { type WithDefaults, withDefaults } from "../core/props";
import { type CompleteServiceAutoscaling, serviceAutoscalingDefaults } from "./autoscaling-props";
import { type CompleteMigration, migrationDefaults } from "./migration";
import { type EcsServiceProps } from "./props";
import { type FargateTaskProps, type fargateTaskDefaults } from "./fargate-task-props";
import { type CompleteSidecar, completeSidecars } from "./sidecars";
import { type TaskProps } from "./task-props";

export const taskDefaults = {
  containerName: "app",
  user: "1001:1001",
  environment: {},
  secrets: {},
  plainTextReasons: {},
  secretKmsKeyArns: [],
  sidecars: {},
  logRetentionDays: 30,
  connections: {},
  egressCidrs: ["0.0.0.0/0"],
  egressPrefixListIds: {},
  taskPolicyStatements: [],
} as const satisfies Partial<TaskProps>;

export const ecsServiceDefaults = {
  ...taskDefaults,
  kind: "sockets",
  bootSec: 60,
  drainSec: 20,
  minimumHealthyPercent: 100,
  maximumPercent: 200,
  rollbackAlarmNames: [],
  deployTimeoutSec: 1800,
  waitForSteadyState: true,
  revisionsOutsideTerraform: "revert",
  enableExecuteCommand: false,
} as const satisfies Partial<EcsServiceProps>;

type Nested = "migration" | "autoscaling" | "desiredCount" | "sidecars";

/** The nested props with every default filled in. */
interface CompleteNestedProps {
  readonly desiredCount: number;
  readonly migration: CompleteMigration | undefined;
  readonly autoscaling: CompleteServiceAutoscaling | undefined;
  readonly sidecars: Readonly<Record<string, CompleteSidecar>>;
  /** Whether `drainSec` came from the caller. */
  readonly drainSecGiven: boolean;
}

/** All props with every default filled in, those of nested objects too. */
export type CompleteEcsServiceProps = Omit<WithDefaults<EcsServiceProps, typeof ecsServiceDefaults>, Nested> &
  CompleteNestedProps;

/** What a task definition, its roles, its logs and its security group are made from, whatever starts the tasks. */
export type CompleteTaskProps = Pick<
  CompleteEcsServiceProps,
  | keyof TaskProps
  | "kind"
  | "containerPort"
  | "healthCheckCommand"
  | "bootSec"
  | "drainSec"
  | "drainSecGiven"
  | "migration"
  | "loadBalancer"
  | "autoscaling"
  | "enableExecuteCommand"
  | "revisionsOutsideTerraform"
>;

/** The same for tasks on Fargate. */
export type CompleteFargateTaskProps = CompleteTaskProps & WithDefaults<FargateTaskProps, typeof fargateTaskDefaults>;

/**
 * Fills in the defaults of nested objects.
 * @param drainSecGiven whether `drainSec` came from the caller
 */
export function completeNestedProps(
  { desiredCount, migration, autoscaling, sidecars = {} }: Pick<EcsServiceProps, Nested>,
  drainSecGiven: boolean,
): CompleteNestedProps {
  return {
    desiredCount: desiredCount !== undefined ? desiredCount : (autoscaling?.minCount ?? 2),
    migration: migration && withDefaults(migrationDefaults, migration),
    autoscaling: autoscaling && withDefaults(serviceAutoscalingDefaults, autoscaling),
    sidecars: completeSidecars(sidecars),
    drainSecGiven,
  };
}
