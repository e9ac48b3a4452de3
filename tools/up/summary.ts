import { relative } from "node:path";
import { type StackJudgement } from "../judges/judge-stack";

/** The outcome of one applied stack. */
export interface StackResult {
  readonly stack: string;
  readonly accountId: string;
  /** Managed resources in the state after apply. */
  readonly resources: number;
  /** The same by module: the first path element below the stack. */
  readonly resourcesByModule: Readonly<Record<string, number>>;
  readonly seconds: { readonly apply: number; readonly total: number };
  readonly secondPlan: "no changes";
  /** Requests of Terraform that were held against AWS's API models, all of them allowed, and their operations. */
  readonly apiModels: { readonly requests: number; readonly operations: readonly string[] };
  /** Policies and metrics that were held against AWS's references, without a problem. */
  readonly judgement: StackJudgement;
  readonly destroyed: boolean;
  readonly jsonFolder: string;
  readonly stateFile: string;
}

/** The outcome of a run of `make up`; also the content of summary.json. */
export interface Summary {
  readonly seconds: number;
  readonly stacks: readonly StackResult[];
  readonly failures: readonly { readonly stack: string; readonly message: string }[];
}

/** Renders the outcome of a run for a terminal. */
export function renderSummary(summary: Summary, cwd: string): string {
  const { stacks, failures } = summary;
  const parts = stacks.length === 0 ? [] : [renderTable(stacks), renderPlaces(stacks, cwd)];
  const next = failures.length === 0 && stacks.length > 0 ? [renderNext(stacks, cwd)] : [];
  const failed = failures.map(({ stack, message }) => `FAILED ${stack}\n\n${indent(message)}`);
  return [...parts, ...failed, ...next, renderVerdict(summary)].join("\n\n");
}

/** Counts resources by module, the stacks side by side. */
function renderTable(stacks: readonly StackResult[]): string {
  const modules = [...new Set(stacks.flatMap(({ resourcesByModule }) => Object.keys(resourcesByModule)))].sort();
  const rows = [
    ["resources", ...stacks.map(({ stack }) => stack)],
    ...modules.map((module) => [module, ...stacks.map((s) => String(s.resourcesByModule[module] ?? "-"))]),
    ["total", ...stacks.map(({ resources }) => String(resources))],
    ["second plan", ...stacks.map(({ secondPlan }) => secondPlan)],
    ["account", ...stacks.map(({ accountId }) => accountId)],
    ["apply", ...stacks.map(({ seconds }) => `${seconds.apply} s`)],
    ["total time", ...stacks.map(({ seconds }) => `${seconds.total} s`)],
  ];
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  const lines = rows.map((row) =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join("  "),
  );
  const rule = "-".repeat(lines[0]?.length ?? 0);
  const [head = "", ...body] = lines;
  const totals = body.splice(modules.length);
  return [head, rule, ...body, rule, ...totals].join("\n");
}

function renderPlaces(stacks: readonly StackResult[], cwd: string): string {
  return stacks
    .map(({ stack, jsonFolder, stateFile, destroyed }) =>
      [
        stack,
        `  Terraform JSON  ${relative(cwd, jsonFolder)}/cdk.tf.json`,
        `  state           ${relative(cwd, stateFile)}${destroyed ? " (empty: destroyed)" : ""}`,
      ].join("\n"),
    )
    .join("\n");
}

function renderNext([first, ...rest]: readonly StackResult[], cwd: string): string {
  const { stack, jsonFolder } = rest.at(0) ?? first!;
  const folder = relative(cwd, jsonFolder);
  return [
    "What to do next, with an AWS account of your own",
    "  put its number, region and state bucket into environments/, then",
    "  make bootstrap",
    `  make image ENV=${stack}`,
    `  make deploy ENV=${stack} IMAGE=<the digest that make image prints>`,
    "  or, with Terraform alone:",
    "  npm run synth",
    `  terraform -chdir=${folder} init && terraform -chdir=${folder} plan`,
  ].join("\n");
}

function renderVerdict({ stacks, failures, seconds }: Summary): string {
  if (failures.length > 0) {
    return `${failures.length} of ${stacks.length + failures.length} stacks failed after ${seconds} s.`;
  }
  const resources = stacks.reduce((sum, stack) => sum + stack.resources, 0);
  return [
    `${resources} resources in ${stacks.length} stacks were applied by the real Terraform to an AWS simulator in ${seconds} s; every second plan was empty.`,
    renderApiModels(stacks),
    renderIam(stacks),
    renderMetrics(stacks),
    "No AWS account was touched.",
  ].join("\n");
}

function renderApiModels(stacks: readonly StackResult[]): string {
  const requests = sum(stacks, ({ apiModels }) => apiModels.requests);
  const operations = new Set(stacks.flatMap(({ apiModels }) => apiModels.operations));
  return (
    `${requests} requests of ${operations.size} operations were held against AWS's API models (required members, ` +
    "patterns, enumerations, lengths, ranges): all are allowed."
  );
}

function renderIam(stacks: readonly StackResult[]): string {
  const statements = sum(stacks, ({ judgement }) => judgement.iam.statements);
  const calls = sum(stacks, ({ judgement }) => judgement.iam.calls);
  return (
    `${statements} statements of IAM, key, bucket and topic policies were held against AWS's service authorization ` +
    `reference, and ${calls} calls were decided by them: all as they should be.`
  );
}

function renderMetrics(stacks: readonly StackResult[]): string {
  const metrics = sum(stacks, ({ judgement }) => judgement.metrics.metrics);
  const expressions = sum(stacks, ({ judgement }) => judgement.metrics.expressions);
  const ofTheApp = sum(stacks, ({ judgement }) => judgement.metrics.ofTheApp);
  return (
    `${metrics} metrics and ${expressions} expressions of alarms, dashboards and scaling policies were held against AWS's pages: ` +
    `all exist. ${ofTheApp} more are the application's own.`
  );
}

function sum(stacks: readonly StackResult[], count: (stack: StackResult) => number): number {
  return stacks.reduce((total, stack) => total + count(stack), 0);
}

function indent(text: string): string {
  return text
    .split("\n")
    .map((line) => `  ${line}`.trimEnd())
    .join("\n");
}
