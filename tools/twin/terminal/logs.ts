import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { TwinError } from "../errors";
import { wholeLines } from "../tasks/whole-lines";

const POLL_EVERY_MS = 300;
const ENDING = ".log";

/** Prints the output of containers, each line after its container's name; follows it until `signal` when asked to. */
export async function printLogs(
  folder: string,
  task: string | undefined,
  options: { readonly follow: boolean; readonly print: (line: string) => void; readonly signal?: AbortSignal },
): Promise<void> {
  const read = new Map<string, number>();
  for (;;) {
    for (const file of logFiles(folder, task)) {
      const from = read.get(file) ?? 0;
      const { text, end } = wholeLines(join(folder, file), from);
      read.set(file, end);
      const name = file.slice(0, -ENDING.length);
      for (const line of text.split("\n").slice(0, -1)) options.print(`${name}  ${line}`);
    }
    if (!options.follow || options.signal?.aborted) return;
    await setTimeout(POLL_EVERY_MS);
  }
}

function logFiles(folder: string, task: string | undefined): string[] {
  const files = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(ENDING)) : [];
  const order = new Intl.Collator("en", { numeric: true });
  const found = files
    .filter((name) => task === undefined || name.startsWith(`${task}.`))
    .sort((a, b) => order.compare(a, b));
  if (task !== undefined && found.length === 0) throw new TwinError(`no logs of ${task} in ${folder}.`);
  return found;
}
