import { DRIFT_MARKER, keepDriftIssue } from "../drift-issue";
import { CiError } from "../errors";
import { findForge } from "../forge/find-forge";
import { need, type Options } from "../options";
import { originOf, reportBody } from "../report-body";

export async function issueCommand(options: Options): Promise<void> {
  const drift = need(options, "drift", "true or false");
  if (drift !== "true" && drift !== "false") throw new CiError(`--drift: expected true or false, got "${drift}".`);
  const forge = findForge(process.env);
  const body = reportBody({
    file: need(options, "file", "the Markdown report"),
    marker: DRIFT_MARKER,
    longest: forge.longestBody,
    ...originOf(process.env),
  });
  console.log(await keepDriftIssue(forge, drift === "true", body));
}
