import { type ECSClient } from "@aws-sdk/client-ecs";
import { type AwsClients } from "../../aws/clients";
import { DeployError } from "../errors";
import { primaryOf, revisionOf, type ServiceSnapshot } from "../service/snapshot";
import { type Target } from "../target/target";
import { activeRevisions, readRevision, type Revision } from "./revision";
import { differingSettings } from "./settings";

/** What a rollback would do. */
export interface RollbackPlan {
  /** The revision that the service asks for now. */
  readonly from: Revision;
  /** The revision to run; the same as `from` when ECS has rolled back already and only the memory has to follow. */
  readonly to: Revision;
  /** Newer active revisions, which Terraform would otherwise take for the current one. */
  readonly newer: readonly string[];
  /** Settings in which the newest revision and `to` differ. */
  readonly settings: readonly string[];
}

/** Revisions that are looked at for another image; older ones are reached with `--to`. */
const LOOK_BACK = 20;

/**
 * Plans a rollback: to the newest earlier revision with another image or, when ECS itself has left the newest revision, to what runs.
 * @param to number of the revision to return to instead
 * @throws DeployError when there is nothing to return to
 */
export async function planRollback(
  { ecs }: AwsClients,
  target: Target,
  service: ServiceSnapshot,
  to: number | undefined,
): Promise<RollbackPlan> {
  const active = await activeRevisions(ecs, target.family);
  const from = await readRevision(ecs, (primaryOf(service) ?? service).taskDefinition);
  const chosen = to === undefined ? await previous(ecs, target, active, from) : await given(ecs, target, active, to);
  const newer = active.filter((arn) => revisionOf(arn) > chosen.number);
  const newest = newer[0] === undefined || newer[0] === from.arn ? from : await readRevision(ecs, newer[0]);
  return { from, to: chosen, newer, settings: differingSettings(newest.definition, chosen.definition) };
}

/**
 * Finds the newest earlier revision with another image; the current one when ECS has left a newer one already. Where a pipeline deploys, a
 * newer one is Terraform's template for the next deployment, and templates never ran.
 */
async function previous(
  ecs: ECSClient,
  target: Target,
  active: readonly string[],
  current: Revision,
): Promise<Revision> {
  const { stack, family, imageParameter } = target;
  const hasTemplates = imageParameter === undefined;
  if (!hasTemplates && active.some((arn) => revisionOf(arn) > current.number)) return current;
  for (const arn of active.filter((each) => revisionOf(each) < current.number).slice(0, LOOK_BACK)) {
    const revision = await readRevision(ecs, arn);
    if (revision.image !== current.image && !(hasTemplates && isTemplate(target, revision))) return revision;
  }
  const remedy = hasTemplates
    ? "Name one with --to, or deploy the image you want with the pipeline."
    : "Deploy the image you want: `make deploy IMAGE=sha256:…`.";
  throw new DeployError(
    `${stack}: expected an earlier revision of ${family} with another image than ${current.image}, found none. ${remedy}`,
  );
}

/** Whether Terraform registered the revision for a pipeline, which sets another image: see `imageToRun` in stacks/compute/image.ts. */
function isTemplate({ repositoryUrl, release }: Target, { image }: Revision): boolean {
  return image === `${repositoryUrl}:${release}`;
}

async function given(ecs: ECSClient, { family }: Target, active: readonly string[], wanted: number): Promise<Revision> {
  const arn = active.find((each) => revisionOf(each) === wanted);
  if (arn !== undefined) return readRevision(ecs, arn);
  const known = active.slice(0, LOOK_BACK).map(revisionOf).join(", ");
  throw new DeployError(
    `--to: expected an active revision of ${family} (${known || "there is none"}), got ${wanted}. A deregistered revision cannot be run again: deploy its image.`,
  );
}
