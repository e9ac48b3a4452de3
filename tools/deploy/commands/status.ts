import { type Context } from "../context";
import { explain } from "../failure/explain";
import { stoppedTasks } from "../failure/stopped-task";
import { imageOf, readRemembered } from "../release/remembered-image";
import { activeRevisions, readRevision } from "../release/revision";
import { readService } from "../service/read-service";
import { readLimits } from "../scaling/scalable-target";
import { isSteady, primaryOf, revisionOf, type ServiceSnapshot } from "../service/snapshot";
import { type TaskLimits } from "../target/target";

/** The state of a service, for a person or as JSON. */
export interface Status {
  readonly stack: string;
  readonly accountId: string;
  readonly region: string;
  readonly steady: boolean;
  readonly image: string;
  readonly revision: number;
  /** Whether Terraform's next plan keeps the image; `undefined` where a pipeline deploys. */
  readonly inStep: boolean | undefined;
  /** What Terraform's next plan would run; `undefined` where a pipeline deploys. */
  readonly remembered: string | undefined;
  /** Between which numbers of tasks the autoscaler chooses, and what the environment says; `undefined` without autoscaling. */
  readonly scaling: { readonly now: TaskLimits | undefined; readonly environment: TaskLimits } | undefined;
  readonly service: ServiceSnapshot;
  readonly stopped: readonly { readonly id: string; readonly revision: number; readonly why: string }[];
}

/** Stopped tasks that are worth a look. */
const MOST_STOPPED = 5;

export async function readStatus({ aws, target }: Context): Promise<Status> {
  const service = await readService(aws, target);
  const running = await readRevision(aws.ecs, (primaryOf(service) ?? service).taskDefinition);
  const stopped = await stoppedTasks(aws.ecs, target);
  const followed = target.imageParameter !== undefined;
  const remembered = followed ? imageOf(target, await readRemembered(aws.ssm, target)) : undefined;
  const [newest] = followed ? await activeRevisions(aws.ecs, target.family) : [];
  const isNewest = newest === undefined || revisionOf(newest) === running.number;
  const { scaling } = target;
  return {
    stack: target.stack,
    accountId: target.accountId,
    region: target.region,
    steady: isSteady(service),
    image: running.image,
    revision: running.number,
    inStep: followed ? remembered === running.image && isNewest : undefined,
    remembered,
    scaling: scaling && { now: await readLimits(aws, target), environment: scaling },
    service,
    stopped: stopped.slice(0, MOST_STOPPED).map((task) => ({
      id: task.id,
      revision: task.revision,
      why: explain(task).what,
    })),
  };
}
