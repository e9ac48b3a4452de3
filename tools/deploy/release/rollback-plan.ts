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
  const from = await readRevision(ecs, primaryOf(service)?.taskDefinition ?? service.taskDefinition);
  const chosen = await choose(active, from, to);
  const newer = active.filter((arn) => revisionOf(arn) > chosen.number);
  const newest = newer[0] === undefined || newer[0] === from.arn ? from : await readRevision(ecs, newer[0]);
  return { from, to: chosen, newer, settings: differingSettings(newest.definition, chosen.definition) };

  async function choose(arns: readonly string[], current: Revision, wanted: number | undefined): Promise<Revision> {
    if (wanted !== undefined) return given(arns, wanted);
    const leftBehind = arns.some((arn) => revisionOf(arn) > current.number);
    if (leftBehind) return current;
    for (const arn of arns.filter((each) => revisionOf(each) < current.number).slice(0, LOOK_BACK)) {
      const revision = await readRevision(ecs, arn);
      if (revision.image !== current.image) return revision;
    }
    throw new DeployError(
      `${target.stack}: expected an earlier revision of ${target.family} with another image than ${current.image}, found none. Deploy the image you want: \`make deploy IMAGE=sha256:…\`.`,
    );
  }

  async function given(arns: readonly string[], wanted: number): Promise<Revision> {
    const arn = arns.find((each) => revisionOf(each) === wanted);
    if (arn !== undefined) return readRevision(ecs, arn);
    const known = arns.slice(0, LOOK_BACK).map(revisionOf).join(", ");
    throw new DeployError(
      `--to: expected an active revision of ${target.family} (${known || "there is none"}), got ${wanted}. A deregistered revision cannot be run again: deploy its image.`,
    );
  }
}
