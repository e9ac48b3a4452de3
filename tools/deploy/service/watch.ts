import { type Context } from "../context";
import { DeployError } from "../errors";
import { failureReport } from "../failure/failure-report";
import { drainBudgetSec } from "../target/target";
import { DrainClock } from "./drain-clock";
import { ServiceProgress } from "./progress";
import { readService } from "./read-service";
import { type ServiceSnapshot } from "./snapshot";
import { waitForDeployment, type WaitOutcome } from "./wait";

export interface WatchedDeployment {
  /** The revision that is being deployed. */
  readonly revision: number;
  /** The service before the deployment. */
  readonly before: ServiceSnapshot | undefined;
}

/** Waits until a deployment is steady. @throws DeployError that says why it is not */
export async function watch(context: Context, { revision, before }: WatchedDeployment): Promise<void> {
  const { aws, target, clock, print } = context;
  const outcome = await waitForDeployment({
    read: () => readService(aws, target),
    deployment: { revision, eventsBefore: new Set(before?.events.map(({ id }) => id)) },
    progress: new ServiceProgress(new DrainClock(drainBudgetSec(target)), before),
    timeoutSec: target.deployTimeoutSec,
    clock,
    print: (line) => print(`  ${line}`),
  });
  if (outcome.kind === "steady") return;
  throw new DeployError(await failureText(context, revision, outcome));
}

async function failureText(
  context: Context,
  revision: number,
  outcome: Exclude<WaitOutcome, { kind: "steady" }>,
): Promise<string> {
  const { target, aws } = context;
  const head = `${target.stack}: expected revision ${revision} to become steady`;
  if (outcome.kind === "superseded") {
    return `${head}, but somebody started a deployment of revision ${outcome.by}. See \`make status\`.`;
  }
  const why = await failureReport(aws, target, revision);
  const details = why === "" ? "" : `\n\n${why}`;
  if (outcome.kind === "timed-out") {
    return `${head} within ${target.deployTimeoutSec} s, but it goes on. See \`make status\`; \`make rollback\` ends it.${details}`;
  }
  const runs =
    outcome.runs === revision
      ? "There was no earlier deployment to return to, so it keeps trying."
      : `ECS rolled back, and revision ${outcome.runs} runs.`;
  return `${head}, but the deployment failed: ${outcome.reason}\n${runs}${details}`;
}
