import { DeregisterTaskDefinitionCommand, UpdateServiceCommand } from "@aws-sdk/client-ecs";
import { type Context } from "../context";
import { DeployError } from "../errors";
import { readRemembered, toRemember, writeRemembered } from "../release/remembered-image";
import { planRollback, type RollbackPlan } from "../release/rollback-plan";
import { readService } from "../service/read-service";
import { primaryOf, revisionOf, type ServiceSnapshot } from "../service/snapshot";
import { watch } from "../service/watch";

export interface RollbackOptions {
  /** Number of the revision to return to. @default the newest earlier one with another image */
  readonly to?: number | undefined;
}

/**
 * Returns the service to an earlier revision, without Terraform, and keeps what Terraform knows in step: the parameter holds the image, and
 * newer revisions are deregistered. Safe to repeat.
 * @returns whether it was done
 * @throws DeployError when the deployment fails
 */
export async function rollback(context: Context, { to }: RollbackOptions): Promise<boolean> {
  const { aws, target, print } = context;
  const service = await readService(aws, target);
  const plan = await planRollback(aws, target, service, to);
  const isRunning = plan.to.number === plan.from.number;
  if (isRunning && (await isInStep(context, plan))) {
    print(`${target.stack} runs revision ${plan.to.number} (${plan.to.image}), and Terraform knows: nothing to do.`);
    return true;
  }
  describe(context, plan, service);
  if (!(await context.confirm("Roll back?"))) {
    print("Nothing was changed.");
    return false;
  }
  if (!isRunning) await deployRevision(context, plan, service);
  await keepInStep(context, plan);
  print(`${target.stack} runs revision ${plan.to.number}: ${plan.to.image}`);
  printNext(context, plan);
  return true;
}

/** Whether Terraform's next plan changes nothing, as far as the image is concerned. */
async function isInStep({ aws, target }: Context, { to, newer }: RollbackPlan): Promise<boolean> {
  if (target.imageParameter === undefined) return true;
  return newer.length === 0 && (await readRemembered(aws.ssm, target)) === toRemember(target, to.image);
}

function describe(
  { print, target }: Context,
  { from, to, newer, settings }: RollbackPlan,
  service: ServiceSnapshot,
): void {
  const inProgress = primaryOf(service)?.rollout === "IN_PROGRESS";
  print(`Roll back ${target.stack} (account ${target.accountId}, ${target.region})`);
  print(`  from  revision ${from.number}  ${from.image}${inProgress ? "  (its deployment is in progress)" : ""}`);
  print(`  to    revision ${to.number}  ${to.image}`);
  if (from.number === to.number) {
    print(`  ECS has left ${count(newer.length, "newer revision")} already; only what Terraform knows changes.`);
  } else {
    print(`  Each open connection closes once, while its task drains, and its client reconnects.`);
    print("  The database stays as it is: migrations leave a schema that the previous release can use.");
  }
  if (settings.length > 0) print(`  Other settings that return too: ${settings.join(", ")}`);
}

async function deployRevision(context: Context, { to }: RollbackPlan, service: ServiceSnapshot): Promise<void> {
  const { aws, target } = context;
  const update = { cluster: target.clusterName, service: target.serviceName, taskDefinition: to.arn };
  await aws.ecs.send(new UpdateServiceCommand(update));
  await watch(context, { revision: to.number, before: service });
}

async function keepInStep({ aws, target }: Context, { to, newer }: RollbackPlan): Promise<void> {
  if (target.imageParameter === undefined) return;
  if (!to.image.startsWith(target.repositoryUrl)) {
    throw new DeployError(
      `${target.stack}: expected revision ${to.number} to run an image of ${target.repositoryUrl}, got ${to.image}. It runs, but Terraform's next plan replaces it.`,
    );
  }
  await writeRemembered(aws.ssm, target.imageParameter, toRemember(target, to.image));
  for (const taskDefinition of newer) await aws.ecs.send(new DeregisterTaskDefinitionCommand({ taskDefinition }));
}

function printNext({ print, target }: Context, { newer, settings }: RollbackPlan): void {
  if (target.imageParameter === undefined) {
    print("The pipeline's next deployment replaces it. Terraform leaves it alone.");
    return;
  }
  if (newer.length > 0) print(`Deregistered: ${newer.map((arn) => `revision ${revisionOf(arn)}`).join(", ")}.`);
  if (settings.length === 0) print("Terraform's next plan keeps this image and changes nothing about the service.");
  else print("Revert the settings above in environments/ or stacks/, too: the next apply would deploy them again.");
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
