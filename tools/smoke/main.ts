import { run } from "../programs/child-process";
import { CheckFailed } from "./check";
import { parseCommandLine } from "./options";
import { renderResult, renderSummary } from "./report";
import { smoke } from "./run-checks";
import { USAGE } from "./usage";

const PASSED = 0;
const FAILED = 2;

/**
 * Runs a command line, such as `https://chat.example.com --json`, and returns its exit code.
 * @throws SmokeError in words for a wrong argument
 */
export async function main(args: readonly string[], print: (text: string) => void): Promise<number> {
  const commandLine = parseCommandLine(args);
  if (commandLine === undefined) {
    print(USAGE);
    return PASSED;
  }
  const { options, command, json } = commandLine;
  const disturb = command === undefined ? undefined : () => runShell(command);
  const report = await smoke({ ...options, disturb }, (result) => {
    if (!json) print(renderResult(result));
  });
  print(json ? JSON.stringify(report, undefined, 2) : renderSummary(report));
  return report.passed ? PASSED : FAILED;
}

async function runShell(command: string): Promise<void> {
  const { code, stderr } = await run("/bin/sh", ["-c", command], { env: process.env });
  if (code === 0) return;
  throw new CheckFailed({
    found: `--disturb: expected exit code 0 of ${command}, got ${code}: ${stderr.trim() || "it printed no error"}`,
    cause: "The command itself failed, so that nothing was stopped, or not all of it.",
    remedy: "Run it by itself until it succeeds, and repeat this.",
  });
}
