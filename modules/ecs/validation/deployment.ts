import { type Checks, formatValue } from "../../core/checks";
import { isUnresolved } from "../../core/tokens";
import { checkAlarmNames } from "./alarm-names";
import { checkSeconds } from "./container";
import { bootAndMigrationSec, deadlockedCount, serviceWorstCaseDeploySec, taskCounts } from "../deployment";
import { checkList } from "./shape";
import { type CompleteEcsServiceProps } from "../defaults";

const SHORTEST_TIMEOUT_SEC = 60;

export function checkDeployment(checks: Checks, props: CompleteEcsServiceProps): void {
  checks.literalBoolean("waitForSteadyState", props.waitForSteadyState);
  checkProgress(checks, props);
  checkTimes(checks, props);
  if (checkList(checks, "rollbackAlarmNames", props.rollbackAlarmNames)) {
    checkAlarmNames(checks, "rollbackAlarmNames", props.rollbackAlarmNames);
  }
}

function checkProgress(checks: Checks, props: CompleteEcsServiceProps): void {
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
    code: "ecs/deployment-deadlock",
    prop: "maximumPercent",
    expected: "room to replace at least one task at every task count",
    got: `${formatValue(maximumPercent)} with minimumHealthyPercent ${formatValue(minimumHealthyPercent)}, which can replace none of ${count}`,
    remedy: "Raise maximumPercent to 200, or lower minimumHealthyPercent.",
  });
}

function checkTimes(checks: Checks, props: CompleteEcsServiceProps): void {
  const { healthCheckGracePeriodSec, deployTimeoutSec, waitForSteadyState } = props;
  checkSeconds(checks, "healthCheckGracePeriodSec", healthCheckGracePeriodSec, { min: 0, max: 7200 });
  const boot = bootAndMigrationSec(props);
  checks.require(
    healthCheckGracePeriodSec === undefined ||
      isUnresolved(healthCheckGracePeriodSec) ||
      !(healthCheckGracePeriodSec < boot),
    {
      code: "ecs/deployment-time",
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
    code: "ecs/deployment-time",
    prop: "deployTimeoutSec",
    expected: `at least ${worst} seconds, the longest that a deploy of ${taskCounts(props)?.max} tasks takes`,
    got: formatValue(deployTimeoutSec),
    remedy: "Raise it, or replace more tasks at once: maximumPercent 200, a shorter drainSec or deregistration delay.",
  });
}
