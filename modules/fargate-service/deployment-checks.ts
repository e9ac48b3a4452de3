import { type Checks, formatValue } from "../core/checks";
import { isUnresolved } from "../core/tokens";
import { checkSeconds } from "./container-checks";
import { bootAndMigrationSec, deadlockedCount, serviceWorstCaseDeploySec, taskCounts } from "./deployment";
import { checkList, checkSwitch } from "./shape-checks";
import { type CompleteFargateServiceProps } from "./read-props";

const SHORTEST_TIMEOUT_SEC = 60;

export function checkDeployment(checks: Checks, props: CompleteFargateServiceProps): void {
  checkSpot(checks, props);
  checkSwitch(checks, "waitForSteadyState", props.waitForSteadyState);
  checkProgress(checks, props);
  checkTimes(checks, props);
  if (checkList(checks, "rollbackAlarmNames", props.rollbackAlarmNames)) {
    for (const name of props.rollbackAlarmNames) checkAlarmName(checks, name);
  }
}

/** Source of the name's length: CloudWatch API reference, PutMetricAlarm. */
export function checkAlarmName(checks: Checks, name: string): void {
  const legal = isUnresolved(name) || (typeof name === "string" && name.length >= 1 && name.length <= 255);
  checks.require(legal, {
    prop: "rollbackAlarmNames",
    expected: "names of alarms, 1 to 255 characters",
    got: formatValue(name),
    remedy: "Pass the alarm's name, not the alarm.",
  });
}

function checkSpot(checks: Checks, { spot }: CompleteFargateServiceProps): void {
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

function checkProgress(checks: Checks, props: CompleteFargateServiceProps): void {
  const { minimumHealthyPercent, maximumPercent } = props;
  checks.integer(
    "minimumHealthyPercent",
    minimumHealthyPercent,
    { min: 0, max: 100, unit: "percent" },
    "100 keeps full strength during a deploy.",
  );
  checks.integer(
    "maximumPercent",
    maximumPercent,
    { min: 100, max: 200, unit: "percent" },
    "200 starts every new task before an old one stops.",
  );
  if (!(minimumHealthyPercent <= 100 && maximumPercent >= 100)) return;
  const count = deadlockedCount(props);
  checks.require(count === undefined, {
    prop: "maximumPercent",
    expected: "room to replace at least one task at every task count",
    got: `${formatValue(maximumPercent)} with minimumHealthyPercent ${formatValue(minimumHealthyPercent)}, which can replace none of ${count}`,
    remedy: "Raise maximumPercent to 200, or lower minimumHealthyPercent.",
  });
}

function checkTimes(checks: Checks, props: CompleteFargateServiceProps): void {
  const { healthCheckGracePeriodSec, deployTimeoutSec, waitForSteadyState } = props;
  checkSeconds(checks, "healthCheckGracePeriodSec", healthCheckGracePeriodSec, { min: 0, max: 7200 });
  const boot = bootAndMigrationSec(props);
  checks.require(
    healthCheckGracePeriodSec === undefined ||
      isUnresolved(healthCheckGracePeriodSec) ||
      !(healthCheckGracePeriodSec < boot),
    {
      prop: "healthCheckGracePeriodSec",
      expected: `at least ${boot} seconds, what boot and migration take`,
      got: formatValue(healthCheckGracePeriodSec),
      remedy: "Leave it out: with less, ECS replaces tasks that are still starting, for ever.",
    },
  );
  checkSeconds(checks, "deployTimeoutSec", deployTimeoutSec, { min: SHORTEST_TIMEOUT_SEC, max: 36_000 });
  const worst = serviceWorstCaseDeploySec(props);
  if (worst === undefined || !Number.isFinite(worst) || !waitForSteadyState || deployTimeoutSec < SHORTEST_TIMEOUT_SEC)
    return;
  checks.require(!(worst > deployTimeoutSec), {
    prop: "deployTimeoutSec",
    expected: `at least ${worst} seconds, the longest that a deploy of ${taskCounts(props)?.max} tasks takes`,
    got: formatValue(deployTimeoutSec),
    remedy: "Raise it, or replace more tasks at once: maximumPercent 200, a shorter drainSec or deregistration delay.",
  });
}
