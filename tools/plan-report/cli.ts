/** `make plan-report`: says what the plans of one or several stacks would do to data, to connections and to the bill. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { parseArgs } from "node:util";
import { runCommand } from "../command-line/run-command";
import { parseLoad } from "../prices/load";
import { findTerraform } from "../terraform/find-terraform";
import { type PlanJson } from "../terraform/plan-json";
import { Terraform } from "../terraform/terraform";
import { buildReport } from "./build-report";
import { PlanReportError } from "./errors";
import { type Finding, findings, parseFindings, unknownAddresses } from "./findings";
import { findInputs } from "./input/find-input";
import { COMMENT_LIMIT, renderMarkdown } from "./render/markdown";
import { renderTerminal } from "./render/terminal";
import { type PlanReport } from "./report";

const USAGE = `usage: node --import tsx tools/plan-report/cli.ts [options] [environment | stack | [NAME=]file | -] ...

  A file is a saved plan, or the output of \`terraform show -json <saved plan>\`; - reads that from standard input.
  Without arguments: every stack in the synth output folder that has a plan.tfplan or plan.json.

  --markdown FILE    write the comment for a pull request; "-" prints it instead of the report for a terminal
  --json FILE        write the report as JSON (report.schema.json); "-" prints it instead
  --fail-on LIST     exit with 2 when there is any of: data-loss, outage, interruption, policy, drift, changes
  --accept ADDRESS   do not fail on what happens to this resource; may be repeated
  --limit N          longest comment, in characters (default ${COMMENT_LIMIT})
  --load K=V,...     the load for usage costs, such as connections=2000,messagesPerSec=50
  --region NAME      for the cost, when the provider's region is not a literal
  --out FOLDER       synth output folder (default cdktf.out)

  Exit codes: 0 reported; 1 no report, because an argument or a file is wrong; 2 reported, with a finding of --fail-on;
  3 reported, and a plan failed, so that it cannot be applied.`;

const FOUND = 2;
const PLAN_FAILED = 3;

/** Shorter, a comment could not even say what is left out. */
const SHORTEST_LIMIT = 1000;

type Options = ReturnType<typeof parse>["values"];

async function main(): Promise<void> {
  const { values, positionals } = parse();
  if (values.help) return console.log(USAGE);
  const failOn = parseFindings(values["fail-on"]);
  const limit = parseLimit(values.limit);
  const inputs = await findInputs(positionals, {
    out: values.out,
    showPlan,
    standardInput: () => readFileSync(0),
  });
  const report = buildReport(inputs, { load: parseLoad(values.load), region: values.region });
  print(report, values, limit);
  process.exitCode = exitCode(report, failOn, values.accept ?? []);
}

function print(report: PlanReport, { markdown, json }: Options, limit: number): void {
  const outputs = [
    { file: json, text: () => `${JSON.stringify(report, undefined, 2)}\n` },
    { file: markdown, text: () => renderMarkdown(report, limit) },
  ];
  if (!outputs.some(({ file }) => file === "-")) console.log(renderTerminal(report));
  for (const { file, text } of outputs) {
    if (file === "-") process.stdout.write(text());
    else if (file !== undefined) write(file, text());
  }
}

function write(file: string, text: string): void {
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  } catch (error) {
    throw new PlanReportError(`${file}: could not be written (${(error as Error).message}).`);
  }
}

/** Says on standard error what the exit code means: the report itself may have gone to a file. */
function exitCode(report: PlanReport, failOn: ReadonlySet<Finding>, accepted: readonly string[]): number {
  const failed = report.stacks.filter(({ status }) => status === "failed");
  for (const { stack } of failed) console.error(`${stack}: planning failed, so there is nothing to apply.`);
  for (const address of unknownAddresses(report, accepted))
    console.error(`--accept ${address}: nothing is found there.`);
  const found = findings(report, failOn, accepted);
  for (const { stack, address, finding } of found) console.error(`${stack}: ${finding}: ${address}`);
  if (failed.length > 0) return PLAN_FAILED;
  return found.length > 0 ? FOUND : 0;
}

/** Uses the user's own environment variables: reading a plan needs the folder's providers, and no credentials. */
async function showPlan(folder: string, file: string): Promise<PlanJson> {
  const terraform = await findTerraform(process.env);
  if ("missing" in terraform) {
    const { what, remedy } = terraform.missing;
    throw new PlanReportError(
      `${file}: a saved plan needs ${what} to be read, found none. To ${remedy}, or pass its JSON.`,
    );
  }
  return new Terraform({ program: terraform.found.path, folder, env: process.env, label: folder }).showPlan(file);
}

function parseLimit(text: string): number {
  const limit = Number(text);
  if (Number.isInteger(limit) && limit >= SHORTEST_LIMIT) return limit;
  throw new PlanReportError(`--limit: expected ${SHORTEST_LIMIT} or more characters, got ${text}.`);
}

function parse() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        markdown: { type: "string" },
        json: { type: "string" },
        "fail-on": { type: "string" },
        accept: { type: "string", multiple: true },
        limit: { type: "string", default: String(COMMENT_LIMIT) },
        load: { type: "string" },
        region: { type: "string" },
        out: { type: "string", default: "cdktf.out" },
        help: { type: "boolean", short: "h", default: false },
      },
    });
  } catch (error) {
    throw new PlanReportError(`${(error as Error).message}\n${USAGE}`);
  }
}

void runCommand(main);
