import { replaceableAtOnce, type RollingDeploy, stopTimeoutSec, worstCaseDeploySec } from "../core/drain";
import { isUnresolved } from "../core/tokens";
import { type CompleteEcsServiceProps } from "./defaults";
import { SIDECAR_STOP_SEC } from "./sidecars";

/** Most tasks that ECS runs in one service. Source: Amazon ECS service quotas, "Tasks per service". */
export const MAX_TASKS = 5000;

/** Seconds from a task's creation to the start of its first container: network interface, image pull. A generous estimate. */
const PROVISIONING_SEC = 60;

export interface TaskCounts {
  readonly min: number;
  readonly max: number;
}

/** Returns the fewest and most tasks that the service can have; `undefined` when a count is known only at apply. */
export function taskCounts({ desiredCount, autoscaling }: CompleteEcsServiceProps): TaskCounts | undefined {
  // Called during validation, when a schedule may still be missing.
  const bounds = autoscaling ? [autoscaling, ...Object.values(autoscaling.schedules ?? {})] : [];
  const counts = [desiredCount, ...bounds.flatMap((bound) => (bound ? [bound.minCount, bound.maxCount] : []))];
  if (counts.some((count) => isUnresolved(count))) return undefined;
  return { min: Math.min(...counts), max: Math.max(...counts) };
}

/** Returns a task count at which no deploy can make progress; `undefined` when there is none or a count is known only at apply. */
export function deadlockedCount(props: CompleteEcsServiceProps): number | undefined {
  return rollingDeploys(props)?.find((deploy) => replaceableAtOnce(deploy) === 0)?.desiredCount;
}

/**
 * Returns how long a deploy takes at most when nothing fails, in seconds, over all task counts that the service can have;
 * `undefined` when a part is known only at apply. The time in which ECS watches rollback alarms afterwards is not included.
 */
export function serviceWorstCaseDeploySec(props: CompleteEcsServiceProps): number | undefined {
  const deploys = rollingDeploys(props);
  return deploys && Math.max(0, ...deploys.map(worstCaseDeploySec));
}

/** Returns the seconds in which a new task's health checks may fail: migration, boot, and the checks until it is healthy. */
export function gracePeriodSec(props: CompleteEcsServiceProps): number {
  return props.healthCheckGracePeriodSec ?? bootAndMigrationSec(props) + (props.loadBalancer?.healthySec ?? 0);
}

export function bootAndMigrationSec({ bootSec, migration }: CompleteEcsServiceProps): number {
  return bootSec + (migration?.timeoutSec ?? 0);
}

/** Returns the deploy at each possible task count; at 0 there is nothing to replace. */
function rollingDeploys(props: CompleteEcsServiceProps): RollingDeploy[] | undefined {
  const { minimumHealthyPercent, maximumPercent, loadBalancer, drainSec } = props;
  const counts = taskCounts(props);
  const { deregistrationDelaySec = 0, healthySec = 0 } = loadBalancer ?? {};
  const bootSec = bootAndMigrationSec(props);
  const parts = [minimumHealthyPercent, maximumPercent, deregistrationDelaySec, healthySec, drainSec, bootSec];
  // A part that is not a number has a problem of its own; a sum with it would be meaningless.
  if (!counts || parts.some((part) => isUnresolved(part) || !Number.isFinite(part))) return undefined;
  const deploy = {
    minimumHealthyPercent,
    maximumPercent,
    startSec: PROVISIONING_SEC + bootSec + healthySec,
    deregistrationDelaySec,
    // A sidecar is stopped when the app has ended.
    stopTimeoutSec: stopTimeoutSec(drainSec) + (Object.keys(props.sidecars).length > 0 ? SIDECAR_STOP_SEC : 0),
  };
  const first = Math.max(1, counts.min);
  const length = Math.max(0, Math.min(counts.max, MAX_TASKS) - first + 1);
  return Array.from({ length }, (_, index) => ({ ...deploy, desiredCount: first + index }));
}
