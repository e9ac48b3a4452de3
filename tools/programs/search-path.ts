import { accessSync, constants, statSync } from "node:fs";
import { delimiter, join } from "node:path";

/** Lists every executable file of a name on PATH, in PATH's order. */
export function onPath(name: string, env: NodeJS.ProcessEnv): string[] {
  const folders = (env["PATH"] ?? "").split(delimiter).filter((folder) => folder !== "");
  const files = folders.map((folder) => join(folder, name)).filter(isExecutable);
  return [...new Set(files)];
}

export function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

export function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
