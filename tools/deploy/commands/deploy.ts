import { type Finding, findings } from "../../plan-report/findings";
import { renderTerminal } from "../../plan-report/render/terminal";
import { type PlanReport } from "../../plan-report/report";
import { type Context } from "../context";
import { DeployError } from "../errors";
import { requireFitting } from "../image/require-fitting";
import { findImage } from "../release/find-image";
import { applyWithProgress } from "../terraform/apply-with-progress";
import { resourceLine } from "../terraform/resource-line";
import { TerraformSession } from "../terraform/session";
import { readService } from "../service/read-service";
import { primaryOf, revisionOf, type ServiceSnapshot } from "../service/snapshot";
import { watch } from "../service/watch";

export interface DeployOptions {
  /** Digest or tag to deploy. @default what was deployed last */
  readonly image?: string | undefined;
  readonly endpoint?: string | undefined;
  /** What the plan must not do. */
  readonly failOn: ReadonlySet<Finding>;
  /** Addresses at which it may do so all the same. */
  readonly accepted: readonly string[];
  /** Stop after the report. */
  readonly planOnly: boolean;
}

/**
 * Plans, reports, asks, applies, and waits until the service is steady. Safe to repeat.
 * @returns whether the environment is now as it should be
 * @throws DeployError saying what went wrong and what runs now
 */
export async function deploy(context: Context, options: DeployOptions): Promise<boolean> {
  const { target, print, aws } = context;
  const digest = options.image === undefined ? undefined : await imageToDeploy(context, options.image);
  const onEvent = (event: Parameters<typeof resourceLine>[0]) => {
    const line = resourceLine(event);
    if (line !== undefined) print(`  ${line}`);
  };
  const terraform = await TerraformSession.start({ target, endpoint: options.endpoint, digest, onEvent });
  const { exitCode } = await terraform.plan();
  const before = await serviceBefore(context);
  if (exitCode === 0) {
    print(`${target.stack}: nothing to change.`);
    if (before !== undefined) await watch(context, { revision: revisionOf(before.taskDefinition), before });
    return true;
  }
  const report = await terraform.report();
  print(renderTerminal(report));
  requireAcceptable(report, options);
  if (options.planOnly) return true;
  if (!(await context.confirm(`\nApply this to ${target.stack} (account ${target.accountId}, ${target.region})?`))) {
    print("Nothing was changed.");
    return false;
  }
  await applyWithProgress(context, terraform, before);
  const after = await readService(aws, target);
  const revision = revisionOf((primaryOf(after) ?? after).taskDefinition);
  await watch(context, { revision, before: after });
  print(
    `${target.stack} is steady on revision ${revision}. \`make status\` shows it, \`make rollback\` returns to the image before.`,
  );
  return true;
}

async function imageToDeploy(context: Context, given: string): Promise<string> {
  const { aws, target, print } = context;
  if (target.imageParameter === undefined) {
    throw new DeployError(
      `${target.stack}: expected no image, because a pipeline deploys this environment (deployedBy), got ${given}. Deploy it with the pipeline, or remove deployedBy.`,
    );
  }
  const digest = await findImage(aws.ecr, target, given);
  print(`Image: ${target.repositoryUrl}@${digest}`);
  await requireFitting(context, digest);
  return digest;
}

/** Before the first apply there is no service. */
async function serviceBefore({ aws, target }: Context): Promise<ServiceSnapshot | undefined> {
  return readService(aws, target).catch((error: unknown) => {
    if (error instanceof DeployError) return undefined;
    throw error;
  });
}

function requireAcceptable(report: PlanReport, { failOn, accepted }: DeployOptions): void {
  const found = findings(report, failOn, accepted);
  if (found.length === 0) return;
  const list = found.map(({ finding, address }) => `  ${finding}: ${address}`).join("\n");
  throw new DeployError(
    `plan: expected none of ${[...failOn].join(", ")}, got:\n${list}\nNothing was changed. If it is meant, pass --accept ADDRESS for each.`,
  );
}
