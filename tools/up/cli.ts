/** `make up`: applies every synthesized stack to an AWS simulator on this machine with the real Terraform. */
import { parseArgs } from "node:util";
import { runCommand } from "../command-line/run-command";
import { UserError } from "../command-line/user-error";
import { SIMULATOR_ROOT } from "../simulator/workspace";
import { applyStacks } from "./apply-stacks";
import { renderSummary } from "./summary";

const USAGE = "usage: node --import tsx tools/up/cli.ts [--out cdktf.out] [--destroy] [stack ...]";

async function main(): Promise<void> {
  const { values, positionals } = parse();
  const summary = await applyStacks({
    out: values.out ?? "cdktf.out",
    root: SIMULATOR_ROOT,
    stacks: positionals,
    destroy: values.destroy ?? false,
    print: (line) => console.log(line),
    everyResource: process.stdout.isTTY,
  });
  console.log(`\n${renderSummary(summary, process.cwd())}`);
  process.exitCode = summary.failures.length === 0 ? 0 : 1;
}

function parse(): { values: { out?: string; destroy?: boolean }; positionals: string[] } {
  try {
    return parseArgs({
      allowPositionals: true,
      options: { out: { type: "string" }, destroy: { type: "boolean" } },
    });
  } catch (error) {
    throw new UserError(`${(error as Error).message}\n${USAGE}`);
  }
}

void runCommand(main);
