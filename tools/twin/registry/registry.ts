import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AddressBlock } from "../network/address-block";
import { removeChain } from "../network/packet-filter";
import { removeCgroups } from "../tasks/cgroup";
import { removeContainers } from "../tasks/container-runner";

/** What a running twin records about itself, for commands that connect to it and for cleaning up after a crash. */
export interface RunRecord {
  readonly service: string;
  /** The working directory that it was started in. */
  readonly project: string;
  readonly pid: number;
  readonly url: string;
  readonly processes: readonly { readonly pid: number; readonly startTime: string }[];
}

const RECORD = "run.json";

/** Below the system's temporary folder, since a socket's path must be short. */
function root(): string {
  return join(tmpdir(), `twin-${process.getuid?.() ?? "user"}`);
}

export function runFolder(label: string): string {
  const folder = join(root(), label);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return folder;
}

export function writeRecord(folder: string, record: Omit<RunRecord, "processes">, pids: readonly number[]): void {
  const processes = pids.flatMap((pid) => {
    const startTime = startTimeOf(pid);
    return startTime === undefined ? [] : [{ pid, startTime }];
  });
  const draft = join(folder, `${RECORD}.draft`);
  writeFileSync(draft, JSON.stringify({ ...record, processes }));
  renameSync(draft, join(folder, RECORD));
}

export function controlSocket(folder: string): string {
  return join(folder, "control.sock");
}

/** Lists this user's running twins. */
export function runningTwins(): { readonly record: RunRecord; readonly folder: string }[] {
  return labels().flatMap((label) => {
    const folder = join(root(), label);
    const record = readRecord(folder);
    return record && startTimeOf(record.pid) !== undefined ? [{ record, folder }] : [];
  });
}

/**
 * Removes what killed twins have left on the machine. A twin whose address block can be claimed no longer runs. Only recorded
 * processes whose start time still matches are killed.
 *
 * @returns the labels of the twins that were removed
 */
export async function cleanLeftovers(): Promise<string[]> {
  const cleaned: string[] = [];
  for (const label of labels()) {
    const block = await AddressBlock.claimLabel(label);
    if (block === undefined) continue;
    const folder = join(root(), label);
    killUnchanged(readRecord(folder)?.processes ?? []);
    await removeContainers(label);
    await removeChain(label);
    removeCgroups(`${label}-`);
    rmSync(folder, { recursive: true, force: true });
    await block.release();
    cleaned.push(label);
  }
  return cleaned;
}

function killUnchanged(processes: RunRecord["processes"]): void {
  for (const { pid, startTime } of processes) {
    if (startTimeOf(pid) !== startTime) continue;
    try {
      process.kill(pid, "SIGKILL");
    } catch {
      // The process has ended meanwhile.
    }
  }
}

function labels(): string[] {
  try {
    return readdirSync(root());
  } catch {
    return [];
  }
}

function readRecord(folder: string): RunRecord | undefined {
  try {
    return JSON.parse(readFileSync(join(folder, RECORD), "utf8")) as RunRecord;
  } catch {
    return undefined;
  }
}

/** Process ids are reused; id and start time together are not. Source: proc(5), /proc/pid/stat, field 22. */
function startTimeOf(pid: number): string | undefined {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8")
      .replace(/^.*\) /s, "")
      .split(" ");
    return fields[19];
  } catch {
    return undefined;
  }
}
