import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * Keeps a second development server out of a folder, by a file with the process id of the first. A file that a killed server left behind
 * is taken over.
 *
 * @throws Error that names the other process
 */
export function lockFolder(folder: string): void {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, "pid");
  const owner = readOwner(file);
  if (owner !== undefined && owner !== process.pid && isRunning(owner)) {
    throw new Error(
      `another development server (process ${owner}) uses ${folder}: stop it, or set PORT to run a second one beside it; if that process is something else, remove ${file}`,
    );
  }
  writeFileSync(file, `${process.pid}\n`);
  process.once("exit", () => rmSync(file, { force: true }));
}

function readOwner(file: string): number | undefined {
  try {
    const pid = Number(readFileSync(file, "utf8"));
    return Number.isInteger(pid) && pid > 0 ? pid : undefined;
  } catch {
    return undefined;
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // The process exists and belongs to another user.
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
