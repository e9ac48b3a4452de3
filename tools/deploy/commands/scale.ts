import { UpdateServiceCommand } from "@aws-sdk/client-ecs";
import { type Context } from "../context";
import { DeployError } from "../errors";
import {
  isInEnvironment,
  limitsText,
  linesToKeep,
  planScale,
  type ScalePlan,
  type ScaleRequest,
} from "../scaling/scale-plan";
import { readLimits, writeLimits } from "../scaling/scalable-target";
import { DrainClock } from "../service/drain-clock";
import { patientRead } from "../service/patient-read";
import { ServiceProgress } from "../service/progress";
import { readService } from "../service/read-service";
import { type ServiceSnapshot } from "../service/snapshot";
import { elapsedText } from "../service/wait";
import { drainBudgetSec } from "../target/target";

const POLL_MS = 5000;
/** Fewer tasks lose every connection when one of them dies. */
const REDUNDANT = 2;

/**
 * Changes between which numbers of tasks the autoscaler chooses, at once and without Terraform, and waits until that many run. Temporary:
 * Terraform owns these numbers, and its next apply returns to the environment's. Safe to repeat.
 * @returns whether it was done
 * @throws DeployError when the numbers exclude each other, or the tasks do not start
 */
export async function scale(context: Context, request: ScaleRequest): Promise<boolean> {
  const { aws, target, print, confirm } = context;
  const service = await readService(aws, target);
  const plan = planScale(target, service, await readLimits(aws, target), request);
  const isUnchanged = plan.from.min === plan.to.min && plan.from.max === plan.to.max;
  if (isUnchanged && plan.desired === undefined) {
    print(`${target.stack} has ${limitsText(plan.to)} tasks and runs ${service.running}: nothing to do.`);
    printNext(context, plan);
    return true;
  }
  describe(context, plan, service);
  if (!(await confirm("Scale?"))) {
    print("Nothing was changed.");
    return false;
  }
  if (!isUnchanged) await writeLimits(aws, target, plan.to);
  if (plan.desired !== undefined) {
    const update = { cluster: target.clusterName, service: target.serviceName, desiredCount: plan.desired };
    await aws.ecs.send(new UpdateServiceCommand(update));
  }
  const running = await waitForTasks(context, plan, service);
  print(`${target.stack} runs ${running} tasks; the autoscaler chooses between ${limitsText(plan.to)}.`);
  printNext(context, plan);
  return true;
}

function describe(
  { print, target }: Context,
  { from, to, desired }: ScalePlan,
  { desired: now }: ServiceSnapshot,
): void {
  print(`Scale ${target.stack} (account ${target.accountId}, ${target.region}), without Terraform`);
  print(`  limits  ${limitsText(from)} tasks -> ${limitsText(to)}`);
  print(`  tasks   ${now} -> ${desired ?? `${now}, until the autoscaler changes it`}`);
  if (desired !== undefined && desired < now) {
    print(
      `  Tasks that drain: ${now - desired}. Their connections close within ${drainBudgetSec(target)} s, and their clients reconnect to the others.`,
    );
  }
  if (target.scaling !== undefined && to.max > target.scaling.max) {
    print(
      `  More than ${target.scaling.max} tasks: connections of the database and quotas were checked for the environment's maximum only.`,
    );
  }
  if (desired === 0) print("  No task: nobody can connect until it is scaled again. Clients keep trying.");
  else if (to.min < REDUNDANT) print("  A single task: when it ends, every connection ends with it.");
}

function printNext({ print, target }: Context, { to }: ScalePlan): void {
  if (target.scaling === undefined || isInEnvironment(target, to)) {
    print("These are the environment's own limits: Terraform's next apply leaves them alone.");
    return;
  }
  print(
    `Temporary: Terraform's next plan shows it, and the next apply returns to ${limitsText(target.scaling)}. To keep it: ${linesToKeep(target, to)}. To return now: make scale ENV=${target.stack} ARGS=--reset`,
  );
}

/** Waits until the service runs what it wants, and that is within the limits. Returns the number. */
async function waitForTasks(context: Context, { to, desired }: ScalePlan, before: ServiceSnapshot): Promise<number> {
  const { aws, target, clock, print } = context;
  const progress = new ServiceProgress(new DrainClock(drainBudgetSec(target)), before);
  const started = clock.now();
  // A read right after a change may still return what was before, but not the number that was asked for.
  let hasBegun = desired === undefined;
  for (;;) {
    const snapshot = await patientRead(() => readService(aws, target), { clock, print, subject: "the scaling" });
    const elapsed = clock.now() - started;
    for (const line of progress.lines(snapshot, clock.now())) print(`  ${elapsedText(elapsed)}  ${line}`);
    hasBegun ||= snapshot.desired === desired;
    const isWithin = snapshot.desired >= to.min && snapshot.desired <= to.max;
    if (hasBegun && isWithin && snapshot.running === snapshot.desired) return snapshot.running;
    if (elapsed >= target.deployTimeoutSec * 1000) {
      throw new DeployError(
        `${target.stack}: expected ${snapshot.desired} running tasks within ${target.deployTimeoutSec} s, got ${snapshot.running}. The limits are changed, and ECS keeps trying. \`make status\` says why tasks stop; a quota of vCPUs or a Spot shortage shows as an event above.`,
      );
    }
    await clock.sleep(POLL_MS);
  }
}
