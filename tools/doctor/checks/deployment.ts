import { type Service } from "@aws-sdk/client-ecs";
import { failureReport, hasFailed } from "../../deploy/failure/failure-report";
import { stoppedTasks } from "../../deploy/failure/stopped-task";
import { type Account } from "../account/account";
import { ask } from "../account/ask";
import { defineCheck } from "../check";
import { type Problem } from "../finding";

/** ECS's words for its own failures. Source: ECS developer guide, "Amazon ECS service event messages". */
const FAILED = /deployment failed|rolling back|unable to (consistently )?(start|place)|was unable to/i;
/** Source: ECS developer guide, "Amazon ECS service event messages". */
const STEADY = /has reached a steady state/i;
/** ECS starts the rollback's deployment at the moment of the failure's event, give or take. */
const SAME_MOMENT_MS = 5 * 60_000;

/** Stop codes of tasks that did not fail; ECS replaces them. */
const EXPECTED_STOPS = ["SpotInterruption", "UserInitiated"];

interface Facts {
  readonly revision: number;
  readonly desired: number;
  readonly running: number;
  /** Minutes since the deployment began that is in progress; `undefined` when none is. */
  readonly inProgressMin: number | undefined;
  /** How long a deployment may take at most. */
  readonly longestMin: number;
  /** ECS's own words about the failure of the last deployment; `undefined` when it did not fail. */
  readonly failure: string | undefined;
  /** Why tasks stopped, in words, with the end of their log; empty when ECS keeps none. */
  readonly stopped: string;
}

/** The last deployment, and the tasks that it left. */
export const deployment = defineCheck({
  name: "deployment",
  expects: "the last deployment succeeded, all tasks that are wanted run, and none ended by itself within the hour",
  read,
  judge,
});

function judge({ revision, desired, running, inProgressMin, longestMin, failure, stopped }: Facts): Problem[] {
  const why = stopped === "" ? "ECS keeps no stopped task any more (about an hour)" : stopped;
  const few = running === 0 ? "Nobody reaches the site." : "Fewer tasks carry all connections.";
  if (failure !== undefined) {
    return [
      {
        severity: running < desired ? "error" : "warning",
        what: `The last deployment failed; revision ${revision} runs, with ${running} of ${desired} tasks.`,
        evidence: `ECS: ${failure}\n${why}`,
        impact: running < desired ? few : "The new version reaches nobody.",
        remedy: "Correct what the stopped tasks say and deploy again; `make rollback` brings Terraform back in step.",
      },
    ];
  }
  if (running < desired && (inProgressMin === undefined || inProgressMin > longestMin)) {
    const state =
      inProgressMin === undefined
        ? "no deployment is in progress"
        : `the deployment has been in progress for ${Math.floor(inProgressMin)} minutes`;
    return [
      {
        severity: "error",
        what: `${running} of ${desired} tasks run, and ${state}.`,
        evidence: why,
        impact: few,
        remedy:
          "Correct what the stopped tasks say; `make status` shows ECS's events, `make rollback` ends a deployment.",
      },
    ];
  }
  if (stopped === "") return [];
  return [
    {
      severity: "warning",
      what: `Tasks of revision ${revision} ended by themselves within the last hour, and were replaced.`,
      evidence: stopped,
      impact: "Each time, the clients of one task lose their connections at once and reconnect.",
      remedy: "Correct what the stopped tasks say; if it began with the last deployment, `make rollback`.",
    },
  ];
}

async function read(account: Account): Promise<Facts> {
  const { target, aws } = account;
  const service = await account.service();
  const { revision } = await account.running();
  const desired = service.desiredCount ?? 0;
  const running = service.runningCount ?? 0;
  const failure = failureOf(service);
  const stopped = (await ask("ecs:ListTasks", stoppedTasks(aws.ecs, target))).filter(
    (task) => hasFailed(task) && !EXPECTED_STOPS.includes(task.stopCode),
  );
  const isWell = failure === undefined && running >= desired;
  const [newest] = stopped
    .filter((task) => !isWell || task.revision === revision)
    .sort((a, b) => b.revision - a.revision);
  return {
    ...{ revision, desired, running, failure },
    inProgressMin: inProgressMin(service, account.now()),
    longestMin: target.deployTimeoutSec / 60,
    stopped: newest === undefined ? "" : await ask("logs:GetLogEvents", failureReport(aws, target, newest.revision)),
  };
}

function inProgressMin({ deployments = [] }: Service, now: number): number | undefined {
  const primary = deployments.find(({ status }) => status === "PRIMARY");
  const isInProgress = primary?.rolloutState === "IN_PROGRESS" || deployments.length > 1;
  return isInProgress ? (now - Number(primary?.createdAt ?? now)) / 60_000 : undefined;
}

function failureOf({ deployments = [], events = [] }: Service): string | undefined {
  const failed = deployments.find(({ rolloutState }) => rolloutState === "FAILED");
  if (failed !== undefined) return failed.rolloutStateReason ?? "rolloutState FAILED";
  const started = deployments.find(({ status }) => status === "PRIMARY")?.createdAt;
  if (started === undefined) return undefined;
  // After a failure, a steady state before the deployment that runs now: somebody has deployed since.
  const steady = events.filter(({ createdAt = started, message = "" }) => createdAt < started && STEADY.test(message));
  const since = Math.max(started.getTime() - SAME_MOMENT_MS, ...steady.map(({ createdAt }) => Number(createdAt)));
  return events.find(({ createdAt, message = "" }) => Number(createdAt) >= since && FAILED.test(message))?.message;
}
