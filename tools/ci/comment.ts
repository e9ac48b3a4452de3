import { type Forge } from "./forge/forge";

/** The first line of a plan report; see tools/plan-report. */
export const PLAN_MARKER = "<!-- plan-report -->";

/**
 * Makes a body the only comment of the pipeline on a pull request that begins with the marker: updates the first, deletes others.
 * @returns what was done
 */
export async function upsertComment(forge: Forge, pullRequest: number, body: string): Promise<string> {
  const [marker = ""] = body.split("\n");
  const [first, ...others] = (await forge.comments(pullRequest)).filter((comment) => comment.body.startsWith(marker));
  for (const { id } of others) await forge.deleteComment(pullRequest, id);
  if (first === undefined) {
    await forge.createComment(pullRequest, body);
    return "created";
  }
  await forge.updateComment(pullRequest, first.id, body);
  return "updated";
}
