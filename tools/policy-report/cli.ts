/** `make policy-report`: shows the verdicts of the policies on every stack, as the synth wrote them. */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { parseArgs } from "node:util";
import { runCommand } from "../command-line/run-command";
import { PolicyReportError } from "./errors";
import { renderReport } from "./report";
import { readVerdicts } from "./verdict";

const USAGE = `usage: node --import tsx tools/policy-report/cli.ts [options] [environment | stack]

  --markdown FILE    write Markdown to a file as well; "-" prints it instead of the table
  --out FOLDER       synth output folder (default cdktf.out)`;

function main(): void {
  const { values, positionals } = parse();
  if (positionals.length > 1) throw new PolicyReportError(USAGE);
  const verdicts = readVerdicts(values.out, positionals[0]);
  const markdown = renderReport(verdicts, "markdown");
  if (values.markdown === "-") {
    console.log(markdown);
    return;
  }
  console.log(renderReport(verdicts, "terminal"));
  if (values.markdown === undefined) return;
  mkdirSync(dirname(values.markdown), { recursive: true });
  writeFileSync(values.markdown, `${markdown}\n`);
  console.log(`\nAs Markdown, for a review: ${values.markdown}`);
}

function parse() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: { markdown: { type: "string" }, out: { type: "string", default: "cdktf.out" } },
    });
  } catch (error) {
    throw new PolicyReportError(`${(error as Error).message}\n${USAGE}`);
  }
}

void runCommand(main);
