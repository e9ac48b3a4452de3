import { DescribeTasksCommand, ListTasksCommand, type Task } from "@aws-sdk/client-ecs";
import { migrate } from "../../deploy/commands/migrate";
import { DeployError } from "../../deploy/errors";
import { migrationFamily } from "../../deploy/migration/definition";
import { ask } from "../../doctor/account/ask";
import { differs, type Environment, holds, notChecked, type Outcome } from "./item";

/** modules/fargate-service: the time for placement and pulling the image in the worst case of a deployment. */
const ESTIMATE_SEC = 60;
const LOOK_AGAIN_MS = 5_000;
const MOST_LOOKS = 60;

/** Compares the slowest of the running tasks, from its creation until it had its image, with the estimate. */
export async function timeToPlace({ account, context }: Environment): Promise<Outcome> {
  const { serviceName } = account.target;
  const seconds = (await tasksOf(context, { serviceName })).flatMap(({ createdAt, pullStoppedAt }) =>
    createdAt === undefined || pullStoppedAt === undefined
      ? []
      : (pullStoppedAt.getTime() - createdAt.getTime()) / 1000,
  );
  if (seconds.length === 0) return notChecked("no task says when it had its image");
  const slowest = Math.max(...seconds);
  const seen = `the slowest of ${seconds.length} tasks had its image after ${Math.round(slowest)} s`;
  return slowest <= ESTIMATE_SEC ? holds(seen) : differs(`${seen}, expected at most ${ESTIMATE_SEC} s`);
}

/** Interrupts a migration at once, which deregisters its definition, and looks whether the task runs all the same. */
export async function taskOfDeregisteredDefinition({ context }: Environment): Promise<Outcome> {
  const family = migrationFamily(context.target);
  await migrate(context, { signal: AbortSignal.abort() }).catch((error: unknown) => {
    // A migration that is interrupted says so with an error.
    if (!(error instanceof DeployError)) throw error;
  });
  for (let look = 1; look <= MOST_LOOKS; look++) {
    const [task] = await tasksOf(context, { family });
    const exitCode = task?.containers?.[0]?.exitCode;
    if (exitCode === 0) return holds("a migration whose definition was deregistered at once ended with exit code 0");
    if (task?.lastStatus === "STOPPED") {
      return differs(`the task ended with ${exitCode ?? "no exit code"}: ${task.stoppedReason ?? "no reason given"}`);
    }
    await context.clock.sleep(LOOK_AGAIN_MS);
  }
  return notChecked("the migration did not end within five minutes");
}

/** Running and stopped tasks; ECS lists the latter for an hour. */
async function tasksOf(
  { aws, target }: Environment["context"],
  which: { readonly serviceName: string } | { readonly family: string },
): Promise<readonly Task[]> {
  const cluster = target.clusterName;
  const states = "family" in which ? (["RUNNING", "STOPPED"] as const) : (["RUNNING"] as const);
  const arns: string[] = [];
  for (const desiredStatus of states) {
    const query = new ListTasksCommand({ cluster, ...which, desiredStatus });
    arns.push(...((await ask("ecs:ListTasks", aws.ecs.send(query))).taskArns ?? []));
  }
  if (arns.length === 0) return [];
  const answer = aws.ecs.send(new DescribeTasksCommand({ cluster, tasks: arns }));
  return (await ask("ecs:DescribeTasks", answer)).tasks ?? [];
}
