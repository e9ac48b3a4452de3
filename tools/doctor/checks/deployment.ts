import { type Service } from "@aws-sdk/client-ecs";
import { explain } from "../../deploy/failure/explain";
import { failureReport } from "../../deploy/failure/failure-report";
import { type StoppedTask, stoppedTasks } from "../../deploy/failure/stopped-task";
import { type Account } from "../account/account";
import { ask } from "../account/ask";
import { defineCheck } from "../check";
import { type Problem } from "../finding";

/** ECS's words for its own failures. Source: ECS developer guide, "Amazon ECS service event messages". */
const FAILED = /deployment failed|rolling back|unable to (consistently )?(start|place)|was unable to/i;
/** ECS starts the rollback's deployment at the moment of the failure's event, give or take. */
const SAME_MOMENT_MS = 5 * 60_000;

interface Facts {
  readonly revision: number;
  readonly desired: number;
  readonly running: number;
  readonly inProgress: boolean;
  /** ECS's own words about the failure of the last deployment; `undefined` when it did not fail. */
  readonly failure: string | undefined;
  /** Why tasks stopped, in words, with the end of their log; empty when ECS keeps none. */
  readonly stopped: string;
}

/** The last deployment, and the tasks that it left. */
export const deployment = defineCheck({
  name: "deployment",
  expects: "the last deployment succeeded, and all tasks that are wanted run",
  read,
  judge: (facts): Problem[] => {
    const { revision, desired, running, inProgress, failure, stopped } = facts;
    const why = stopped === "" ? "ECS keeps no stopped task any more (about an hour)" : stopped;
    if (failure !== undefined) {
      return [
        {
          severity: running < desired ? "error" : "warning",
          what: `The last deployment failed; revision ${revision} runs, with ${running} of ${desired} tasks.`,
          evidence: `ECS: ${failure}\n${why}`,
          impact: running < desired ? "Fewer tasks carry all connections." : "The new version reaches nobody.",
          remedy: "Correct what the stopped tasks say and deploy again; `make rollback` brings Terraform back in step.",
        },
      ];
    }
    if (running >= desired || inProgress) return [];
    return [
      {
        severity: "error",
        what: `${running} of ${desired} tasks run, and no deployment is in progress.`,
        evidence: why,
        impact: running === 0 ? "Nobody reaches the site." : "Fewer tasks carry all connections.",
        remedy: "Correct what the stopped tasks say; `make status` shows ECS's events.",
      },
    ];
  },
});

async function read(account: Account): Promise<Facts> {
  const service = await account.service();
  const { revision } = await account.running();
  const primary = service.deployments?.find(({ status }) => status === "PRIMARY");
  const facts = {
    revision,
    desired: service.desiredCount ?? 0,
    running: service.runningCount ?? 0,
    inProgress: primary?.rolloutState === "IN_PROGRESS" || (service.deployments?.length ?? 0) > 1,
    failure: failureOf(service),
  };
  const isWell = facts.failure === undefined && (facts.running >= facts.desired || facts.inProgress);
  return { ...facts, stopped: isWell ? "" : await whyTasksStopped(account) };
}

function failureOf({ deployments = [], events = [] }: Service): string | undefined {
  const failed = deployments.find(({ rolloutState }) => rolloutState === "FAILED");
  if (failed !== undefined) return failed.rolloutStateReason ?? "rolloutState FAILED";
  const started = deployments.find(({ status }) => status === "PRIMARY")?.createdAt;
  const since = started === undefined ? Infinity : started.getTime() - SAME_MOMENT_MS;
  return events.find(({ createdAt, message = "" }) => Number(createdAt) >= since && FAILED.test(message))?.message;
}

async function whyTasksStopped({ aws, target }: Account): Promise<string> {
  const stopped = await ask("ecs:ListTasks", stoppedTasks(aws.ecs, target));
  const [newest] = [...stopped].sort((a, b) => b.revision - a.revision);
  if (newest === undefined) return "";
  const report = await ask("logs:GetLogEvents", failureReport(aws, target, newest.revision));
  return report === "" ? describe(newest) : report;
}

function describe(task: StoppedTask): string {
  return `task ${task.id} of revision ${task.revision}: ${explain(task).what}`;
}
