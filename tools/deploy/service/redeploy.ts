import { UpdateServiceCommand } from "@aws-sdk/client-ecs";
import { type Context } from "../context";
import { DeployError } from "../errors";
import { failureReport } from "../failure/failure-report";
import { drainBudgetSec } from "../target/target";
import { DrainClock } from "./drain-clock";
import { ServiceProgress } from "./progress";
import { readService } from "./read-service";
import { revisionOf } from "./snapshot";
import { waitForDeployment } from "./wait";

/**
 * Replaces every task by one of the same revision, in a rolling deployment, and waits until it is steady. A task reads its secrets only when it
 * starts.
 * @throws DeployError when the deployment fails; ECS then keeps, or starts again, tasks of the same revision
 */
export async function redeploy(context: Context): Promise<void> {
  const { aws, target, clock, print } = context;
  const before = await readService(aws, target);
  const update = { cluster: target.clusterName, service: target.serviceName, forceNewDeployment: true };
  const { service } = await aws.ecs.send(new UpdateServiceCommand(update));
  const own = service?.deployments?.find(({ status }) => status === "PRIMARY");
  const revision = revisionOf(own?.taskDefinition ?? before.taskDefinition);
  const outcome = await waitForDeployment({
    read: () => readService(aws, target),
    deployment: { revision, id: own?.id, eventsBefore: new Set(before.events.map(({ id }) => id)) },
    progress: new ServiceProgress(new DrainClock(drainBudgetSec(target)), before),
    timeoutSec: target.deployTimeoutSec,
    clock,
    print: (line) => print(`  ${line}`),
  });
  if (outcome.kind === "steady") return;
  const why = await failureReport(aws, target, revision);
  const reason = {
    failed: () => `it failed: ${outcome.kind === "failed" ? outcome.reason : ""}`,
    superseded: () => "somebody started another one. See `make status`",
    "timed-out": () => `it goes on after ${target.deployTimeoutSec} s. See \`make status\``,
  }[outcome.kind]();
  throw new DeployError(
    `${target.stack}: expected the deployment to become steady, but ${reason.replace(/\.$/, "")}.${why === "" ? "" : `\n\n${why}`}`,
  );
}
