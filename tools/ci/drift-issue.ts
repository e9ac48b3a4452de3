import { type Forge } from "./forge/forge";

export const DRIFT_MARKER = "<!-- drift -->";
const LABEL = "drift";
const TITLE = "Drift: what runs differs from what is committed";
const RESOLVED = "What runs is what is committed again.";

/**
 * Keeps one issue open for as long as there is drift: opens it, updates its text, and closes it.
 * @returns what was done
 */
export async function keepDriftIssue(forge: Forge, hasDrift: boolean, body: string): Promise<string> {
  const [first, ...others] = (await forge.openIssues(LABEL)).filter((issue) => issue.body.startsWith(DRIFT_MARKER));
  if (!hasDrift) {
    for (const { id } of first ? [first, ...others] : []) await forge.closeIssue(id, RESOLVED);
    return first === undefined ? "no drift, and no issue" : "no drift any more: issue closed";
  }
  if (first === undefined) {
    await forge.createIssue({ title: TITLE, body, label: LABEL });
    return "drift: issue opened";
  }
  if (first.body !== body) await forge.updateIssue(first.id, body);
  return `drift: issue ${first.id} updated`;
}
