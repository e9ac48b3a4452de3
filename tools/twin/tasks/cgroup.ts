import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

export interface Limits {
  /** CPU units, 1024 = 1 vCPU. */
  readonly cpu: number;
  readonly memoryMiB: number;
}

/** The control groups of one task's processes; version 1 has one for each resource. */
export interface Cgroup {
  /** Files that take the id of a process to move into the groups. */
  readonly procsFiles: readonly string[];
  readonly folders: readonly string[];
  /** Counts the processes that the kernel has killed because memory ran out. */
  outOfMemoryKills(): number;
}

const ROOT = "/sys/fs/cgroup";
const PERIOD_US = 100_000;

/** Creates the groups, or returns why it cannot: `{ obstacle }`. @param name unique on this machine */
export function createCgroup(name: string, limits: Limits): Cgroup | { readonly obstacle: string } {
  try {
    return existsSync(join(ROOT, "cgroup.controllers")) ? createUnified(name, limits) : createSplit(name, limits);
  } catch (error) {
    return { obstacle: `no control groups (${(error as NodeJS.ErrnoException).code ?? (error as Error).message})` };
  }
}

/** Removes the groups that have no process left. */
export function removeFolders(folders: readonly string[]): void {
  for (const folder of folders) {
    try {
      rmdirSync(folder);
    } catch {
      // Already removed, or a process is still ending. The kernel frees an empty group's memory itself.
    }
  }
}

/** Removes groups that a killed twin has left behind. @param prefix of their names */
export function removeCgroups(prefix: string): void {
  for (const parent of parents()) {
    const names = existsSync(parent) ? readdirSync(parent) : [];
    removeFolders(names.filter((name) => name.startsWith(prefix)).map((name) => join(parent, name)));
  }
}

function parents(): string[] {
  const places = [
    ["", ownPath("")],
    ["", "/"],
    ["cpu", ownPath("cpu")],
    ["memory", ownPath("memory")],
  ] as const;
  return places.map(([tree, path]) => join(ROOT, tree, path ?? "/"));
}

/** Version 2: one tree for all resources. */
function createUnified(name: string, { cpu, memoryMiB }: Limits): Cgroup {
  const own = ownPath("") ?? "/";
  const parent = [own, "/"].find((path) => {
    const file = join(ROOT, path, "cgroup.subtree_control");
    return existsSync(file) && ["cpu", "memory"].every((resource) => wordsOf(file).includes(resource));
  });
  if (parent === undefined) throw new Error("the cpu and memory controllers are not delegated to this user");
  const folder = makeFolder(join(ROOT, parent, name));
  writeFileSync(join(folder, "cpu.max"), `${quotaUs(cpu)} ${PERIOD_US}`);
  writeFileSync(join(folder, "memory.max"), String(bytes(memoryMiB)));
  return {
    procsFiles: [join(folder, "cgroup.procs")],
    folders: [folder],
    outOfMemoryKills: () => counter(join(folder, "memory.events"), "oom_kill"),
  };
}

/** Version 1: a tree for each resource. */
function createSplit(name: string, { cpu, memoryMiB }: Limits): Cgroup {
  const cpuFolder = makeFolder(join(ROOT, "cpu", ownPath("cpu") ?? "/", name));
  const memoryFolder = makeFolder(join(ROOT, "memory", ownPath("memory") ?? "/", name));
  writeFileSync(join(cpuFolder, "cpu.cfs_period_us"), String(PERIOD_US));
  writeFileSync(join(cpuFolder, "cpu.cfs_quota_us"), String(quotaUs(cpu)));
  writeFileSync(join(memoryFolder, "memory.limit_in_bytes"), String(bytes(memoryMiB)));
  return {
    procsFiles: [join(cpuFolder, "cgroup.procs"), join(memoryFolder, "cgroup.procs")],
    folders: [cpuFolder, memoryFolder],
    outOfMemoryKills: () => counter(join(memoryFolder, "memory.oom_control"), "oom_kill"),
  };
}

function makeFolder(folder: string): string {
  mkdirSync(folder);
  return folder;
}

function quotaUs(cpu: number): number {
  return Math.round((cpu / 1024) * PERIOD_US);
}

function bytes(memoryMiB: number): number {
  return memoryMiB * 1024 * 1024;
}

/** Returns this process's path in the tree of a resource, from lines such as `4:memory:/path`; version 2 has an empty name. */
function ownPath(resource: string): string | undefined {
  const lines = readFileSync("/proc/self/cgroup", "utf8").split("\n");
  const line = lines.find((candidate) => candidate.split(":")[1]?.split(",").includes(resource));
  return line?.split(":").slice(2).join(":");
}

function wordsOf(file: string): string[] {
  return readFileSync(file, "utf8").trim().split(/\s+/);
}

function counter(file: string, name: string): number {
  const match = new RegExp(`^${name} (\\d+)$`, "m").exec(readFileSync(file, "utf8"));
  return Number(match?.[1] ?? 0);
}
