import { DeregisterTaskDefinitionCommand } from "@aws-sdk/client-ecs";
import { UserError } from "../../command-line/user-error";
import { type Context } from "../context";
import { DeployError } from "../errors";
import { failureReport } from "../failure/failure-report";
import { activeRevisions } from "../release/revision";
import { DrainClock } from "../service/drain-clock";
import { outcomeOf } from "../service/outcome";
import { ServiceProgress } from "../service/progress";
import { readService } from "../service/read-service";
import { revisionOf, type ServiceSnapshot } from "../service/snapshot";
import { followService } from "../service/wait";
import { drainBudgetSec } from "../target/target";
import { type TerraformSession } from "./session";

/**
 * Applies the plan and prints what happens to the service meanwhile.
 * @param before the service before; `undefined` when there is none yet
 * @throws DeployError with the reason of a deployment that failed, in words
 */
export async function applyWithProgress(
  context: Context,
  terraform: Pick<TerraformSession, "apply">,
  before: ServiceSnapshot | undefined,
): Promise<void> {
  const { aws, target, clock, print } = context;
  const applied = new AbortController();
  const progress = new ServiceProgress(new DrainClock(drainBudgetSec(target)), before);
  const read = () => readService(aws, target);
  const following = followService({ read, progress, clock, print: (line) => print(`  ${line}`) }, applied.signal);
  try {
    await terraform.apply();
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    // Where AWS does not answer, Terraform's own error is the one that matters.
    throw await withReason(context, error, before).catch(() => error);
  } finally {
    applied.abort();
    await following;
  }
}

/** Adds why the deployment failed, when it is the deployment that failed the apply. */
async function withReason(context: Context, error: UserError, before: ServiceSnapshot | undefined): Promise<UserError> {
  const { aws, target } = context;
  const [newest] = await activeRevisions(aws.ecs, target.family);
  const after = await readService(aws, target).catch(() => undefined);
  if (newest === undefined || after === undefined) return error;
  const revision = revisionOf(newest);
  if (before !== undefined && revision <= revisionOf(before.taskDefinition)) return error;
  const eventsBefore = new Set(before?.events.map(({ id }) => id));
  const outcome = outcomeOf(after, { revision, eventsBefore });
  // The newest revision is only a pipeline's template, which no apply deploys.
  if (outcome.kind === "superseded" && target.imageParameter === undefined) return error;
  const why = await failureReport(aws, target, revision);
  const details = why === "" ? "" : `\n\n${why}`;
  if (outcome.kind !== "failed" && outcome.kind !== "superseded") return new DeployError(`${error.message}${details}`);
  const reason = outcome.kind === "failed" ? outcome.reason : "the service runs another revision";
  const runs = outcome.kind === "failed" ? outcome.runs : outcome.by;
  const forgotten = runs < revision ? await forget(context, newest) : "";
  return new DeployError(
    `${target.stack}: expected revision ${revision} to become steady, but the deployment failed: ${reason}\nRevision ${runs} runs. ${forgotten}${details}\n\n${error.message}`,
    { cause: error },
  );
}

/** Deregisters a revision that ECS left, so that Terraform's next plan finds the one that runs. */
async function forget({ aws, target }: Context, taskDefinition: string): Promise<string> {
  if (target.imageParameter === undefined) return "";
  await aws.ecs.send(new DeregisterTaskDefinitionCommand({ taskDefinition }));
  return "The failed revision is deregistered, and the next plan keeps the image that runs.";
}
