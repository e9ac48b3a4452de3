import { PLAN_MARKER, upsertComment } from "../comment";
import { CiError } from "../errors";
import { findForge } from "../forge/find-forge";
import { need, type Options } from "../options";
import { originOf, reportBody } from "../report-body";

export async function commentCommand(options: Options): Promise<void> {
  const number = Number(need(options, "number", "the number of the pull request"));
  if (!Number.isInteger(number) || number < 1) {
    throw new CiError(`--number: expected the number of the pull request, got "${options.number}".`);
  }
  const forge = findForge(process.env);
  const body = reportBody({
    file: need(options, "file", "the Markdown report"),
    marker: PLAN_MARKER,
    longest: forge.longestBody,
    ...originOf(process.env),
  });
  console.log(`comment on ${number}: ${await upsertComment(forge, number, body)}`);
}
