import { isObject } from "../../terraform/json";
import { type PlanJson } from "../../terraform/plan-json";
import { PlanReportError } from "../errors";

/** The only major version of the format; minor versions add to it. Source: Terraform, "JSON Output Format". */
const FORMAT_MAJOR = "1";

const SHOW = "Run `terraform show -json <plan file>`";

/** Whether a file is a plan as `terraform plan -out` saves it, which is a zip archive. */
export function isSavedPlan(content: Buffer): boolean {
  return content.subarray(0, 4).equals(Buffer.from("PK\u0003\u0004", "latin1"));
}

/**
 * Parses the output of `terraform show -json <plan file>`.
 * @param where what the error names: a file, or standard input
 * @throws PlanReportError when it is anything else; the message never quotes the content, which may hold secrets
 */
export function parsePlan(content: Buffer, where: string): PlanJson {
  const refuse = (got: string, remedy: string) =>
    new PlanReportError(`${where}: expected the JSON of a plan, got ${got}. ${remedy}`);
  if (isSavedPlan(content)) throw refuse("a saved plan", `${SHOW} and pass its output.`);
  const text = decode(content).trim();
  if (text === "") throw refuse("nothing", "The command that wrote it failed: see its errors.");
  const json = parseJson(text, refuse);
  if (isLogLine(json)) throw refuse("the log of `terraform plan -json`", `Save the plan with -out. ${SHOW} then.`);
  if (!isObject(json)) throw refuse("other JSON", `${SHOW}.`);
  const plan = json as PlanJson;
  requireVersion(plan, where);
  if (!isObject(json["planned_values"]) && !Array.isArray(plan.resource_changes)) {
    const got = "values" in json || "terraform_version" in json ? "that of a state" : "other JSON";
    throw refuse(got, `${SHOW}: without a plan file it shows the state.`);
  }
  requireChanges(plan, where);
  return plan;
}

/** PowerShell's `>` writes UTF-16, and other programs begin with a byte order mark. */
function decode(content: Buffer): string {
  if (content.subarray(0, 2).equals(Buffer.from([0xff, 0xfe]))) return content.subarray(2).toString("utf16le");
  return content.toString("utf8").replace(/^\uFEFF/, "");
}

type Refuse = (got: string, remedy: string) => PlanReportError;

function parseJson(text: string, refuse: Refuse): unknown {
  try {
    return JSON.parse(text);
  } catch {
    if (!text.startsWith("{")) throw refuse("text", `${SHOW} and write only its standard output to the file.`);
    const [firstLine = ""] = text.split("\n", 1);
    const log = tryParse(firstLine);
    if (isLogLine(log)) return log;
    throw refuse(
      text.endsWith("}") ? "damaged JSON" : `JSON that ends early, after ${text.length} characters`,
      "The disk may be full, or the command was stopped: write the file again.",
    );
  }
}

function tryParse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isLogLine(json: unknown): boolean {
  return isObject(json) && "@level" in json;
}

function requireVersion({ format_version: version }: PlanJson, where: string): void {
  if (typeof version === "string" && version.split(".")[0] === FORMAT_MAJOR) return;
  throw new PlanReportError(
    `${where}: expected format_version ${FORMAT_MAJOR}.x, got ${JSON.stringify(version) ?? "none"}. Use Terraform 1.1 or newer, and ${SHOW.toLowerCase().replace("run ", "")}.`,
  );
}

/** Requires what every other part of the report relies on: an address and a list of actions. */
function requireChanges(plan: PlanJson, where: string): void {
  for (const list of ["resource_changes", "resource_drift"] as const) {
    for (const [index, item] of (plan[list] ?? []).entries()) {
      const actions = (item as { change?: { actions?: unknown } } | null)?.change?.actions;
      if (typeof item?.address === "string" && Array.isArray(actions)) continue;
      throw new PlanReportError(
        `${where}: ${list}[${index}]: expected an address and a list of actions, got something else. Is the file complete?`,
      );
    }
  }
}
