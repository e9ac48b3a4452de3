import { replaceableAtOnce, type RollingDeploy, stopTimeoutSec, worstCaseDeploySec } from "../core/drain";
import { isUnresolved } from "../core/tokens";
import { type CompleteEcsServiceProps } from "./defaults";

/** Most tasks that ECS runs in one service. Source: Amazon ECS service quotas, "Tasks per service". */
export const MAX_TASKS = 5000;

/** Seconds from a task's creation to the start of its first container: network interface, image pull. An estimate, on the safe side. */
const PROVISIONING_SEC = 60;

export interface TaskCounts {
  readonly min: number;
  readonly max: number;
}

/** Fewest and most tasks that the service can be asked for; `undefined` when a count is known only at apply. */
export function taskCounts({ desiredCount, autoscaling }: CompleteEcsServiceProps): TaskCounts | undefined {
  // Called while the props are being checked: a schedule may still be nothing at all.
  const bounds = autoscaling ? [autoscaling, ...Object.values(autoscaling.schedules ?? {})] : [];
  const counts = [desiredCount, ...bounds.flatMap((bound) => (bound ? [bound.minCount, bound.maxCount] : []))];
  if (counts.some((count) => isUnresolved(count))) return undefined;
  return { min: Math.min(...counts), max: Math.max(...counts) };
}

/** A task count at which no deploy can make progress; `undefined` when there is none, or it is known only at apply. */
export function deadlockedCount(props: CompleteEcsServiceProps): number | undefined {
  return rollingDeploys(props)?.find((deploy) => replaceableAtOnce(deploy) === 0)?.desiredCount;
}

/**
 * Longest that a deploy takes when nothing fails, in seconds, over all task counts that the service can have; `undefined` when
 * a part of it is known only at apply. The time that ECS watches rollback alarms afterwards comes on top.
 */
export function serviceWorstCaseDeploySec(props: CompleteEcsServiceProps): number | undefined {
  const deploys = rollingDeploys(props);
  return deploys && Math.max(0, ...deploys.map(worstCaseDeploySec));
}

/** Seconds in which a new task's health checks may fail: migration, boot, and the checks that prove it healthy. */
export function gracePeriodSec(props: CompleteEcsServiceProps): number {
  return props.healthCheckGracePeriodSec ?? bootAndMigrationSec(props) + (props.loadBalancer?.healthySec ?? 0);
}

export function bootAndMigrationSec({ bootSec, migration }: CompleteEcsServiceProps): number {
  return bootSec + (migration?.timeoutSec ?? 0);
}

/** The deploy at each possible task count above 0, at which there is nothing to replace. */
function rollingDeploys(props: CompleteEcsServiceProps): RollingDeploy[] | undefined {
  const { minimumHealthyPercent, maximumPercent, loadBalancer, drainSec } = props;
  const counts = taskCounts(props);
  const { deregistrationDelaySec = 0, healthySec = 0 } = loadBalancer ?? {};
  const bootSec = bootAndMigrationSec(props);
  const parts = [minimumHealthyPercent, maximumPercent, deregistrationDelaySec, healthySec, drainSec, bootSec];
  // A part that is no number has its own refusal; the sum over it would say nothing.
  if (!counts || parts.some((part) => isUnresolved(part) || !Number.isFinite(part))) return undefined;
  const deploy = {
    minimumHealthyPercent,
    maximumPercent,
    startSec: PROVISIONING_SEC + bootSec + healthySec,
    deregistrationDelaySec,
    stopTimeoutSec: stopTimeoutSec(drainSec),
  };
  const first = Math.max(1, counts.min);
  const length = Math.max(0, Math.min(counts.max, MAX_TASKS) - first + 1);
  return Array.from({ length }, (_, index) => ({ ...deploy, desiredCount: first + index }));
}
