/** `make cost ENV=dev`: computes the monthly cost of an environment from its plan. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { parseArgs } from "node:util";
import { runCommand } from "../command-line/run-command";
import { isNamed, listStacks } from "../terraform/stacks";
import { type Bill, computeBill } from "./bill";
import { compareBills } from "./compare";
import { CostError } from "./errors";
import { type Load, parseLoad } from "../prices/load";
import { Plan } from "../terraform/plan";
import { type PlanJson } from "../terraform/plan-json";
import { planOnSimulator } from "./plan-on-simulator";
import { PriceList } from "../prices/price-list";
import { type Medium, renderBill, renderComparison } from "./report";

const USAGE = `usage: node --import tsx tools/cost/cli.ts [options] <environment | stack>

  --plan FILE        read this \`terraform show -json\` output instead of planning on the simulator
  --load K=V,...     the load for usage costs, such as connections=2000,messagesPerSec=50
  --against FILE     a bill written by an earlier run with --json; shows what changed
  --json FILE        write the bill as JSON
  --markdown         print Markdown
  --out FOLDER       synth output folder (default cdktf.out)
  --region NAME      needed with --plan when the provider's region is not a literal`;

type Options = ReturnType<typeof parse>["values"];

async function main(): Promise<void> {
  const { values, positionals } = parse();
  const [environment, ...rest] = positionals;
  if (environment === undefined || rest.length > 0) throw new CostError(USAGE);
  const before = values.against === undefined ? undefined : readBill(values.against);
  const bill = await billOf(environment, values);
  const medium: Medium = values.markdown ? "markdown" : "terminal";
  console.log(renderBill(bill, medium));
  if (before) console.log(`\n${renderComparison(compareBills(before, bill), medium)}`);
  if (values.json !== undefined) {
    mkdirSync(dirname(values.json), { recursive: true });
    writeFileSync(values.json, `${JSON.stringify(bill, undefined, 2)}\n`);
  }
}

async function billOf(environment: string, values: Options): Promise<Bill> {
  const load: Load = parseLoad(values.load);
  const { plan, region } = await planOf(environment, values);
  return computeBill({ environment, region, plan, load, prices: PriceList.read(region) });
}

async function planOf(
  environment: string,
  { plan: file, out, region }: Options,
): Promise<{ plan: Plan; region: string }> {
  if (file === undefined) return planOnSimulator(out, stackOf(environment, out), ".cache/cost");
  const plan = new Plan(readJson(file) as PlanJson);
  const known = region ?? plan.region;
  if (known === undefined)
    throw new CostError("--region: expected a region, because the plan's provider does not set a literal one.");
  return { plan, region: known };
}

/** Finds the stack by its own name or its environment's. */
function stackOf(environment: string, out: string): string {
  const stacks = listStacks(out);
  const found = stacks.find((name) => isNamed(name, environment));
  if (found === undefined) {
    throw new CostError(
      `environment: expected one of the stacks in ${out} (${stacks.join(", ")}), got ${environment}.`,
    );
  }
  return found;
}

function readBill(file: string): Bill {
  const bill = readJson(file) as Partial<Bill>;
  if (!Array.isArray(bill.lines) || typeof bill.totalCents !== "number") {
    throw new CostError(`--against ${file}: expected a bill that --json wrote, got other JSON.`);
  }
  return bill as Bill;
}

function readJson(file: string): unknown {
  if (!existsSync(file)) throw new CostError(`${file}: expected a file, found none.`);
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw new CostError(`${file}: expected JSON, got something else (${(error as Error).message}).`);
  }
}

function parse() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        plan: { type: "string" },
        load: { type: "string" },
        against: { type: "string" },
        json: { type: "string" },
        markdown: { type: "boolean" },
        out: { type: "string", default: "cdktf.out" },
        region: { type: "string" },
      },
    });
  } catch (error) {
    throw new CostError(`${(error as Error).message}\n${USAGE}`);
  }
}

void runCommand(main);
