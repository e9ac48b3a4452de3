/** `make up`: applies every synthesized stack to an AWS simulator on this machine with the real Terraform. */
import { parseArgs } from "node:util";
import { SimulatorError } from "./errors";
import { simulate } from "./simulate";
import { renderSummary } from "./summary";

const USAGE = "usage: node --import tsx tools/simulator/up.ts [--out cdktf.out] [--destroy] [stack ...]";

async function main(): Promise<void> {
  const { values, positionals } = parse();
  const summary = await simulate({
    out: values.out ?? "cdktf.out",
    root: ".simulator",
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
    throw new SimulatorError(`${(error as Error).message}\n${USAGE}`);
  }
}

main().catch((error: unknown) => {
  // A user's mistake needs no stack trace; a bug of ours does.
  console.error(error instanceof SimulatorError ? error.message : error);
  process.exitCode = 1;
});
