import { readdirSync } from "node:fs";
import { delimiter, join } from "node:path";
import { isExecutable } from "./search-path";

/** A program to look for, and the package that contains it. */
export interface Program {
  readonly name: string;
  /** The Debian package that contains it. */
  readonly debianPackage: string;
  /** Folders to search after PATH; a `*` stands for one name, and the highest version is searched first. */
  readonly folders?: readonly string[];
}

/** Returns the path of a program. @throws Error that names the package to install when it is not found */
export function findProgram(program: Program, env: Readonly<Record<string, string | undefined>> = process.env): string {
  const searched = [...(env["PATH"] ?? "").split(delimiter), "/usr/sbin", ...(program.folders ?? [])];
  const found = searched
    .filter((folder) => folder !== "")
    .flatMap(expand)
    .map((folder) => join(folder, program.name))
    .find(isExecutable);
  if (found === undefined) {
    throw new Error(
      `${program.name} is needed and was not found on PATH${program.folders ? ` or in ${program.folders.join(", ")}` : ""}. ` +
        `Install the Debian package ${program.debianPackage}, or run .ci/require-debian ${program.debianPackage} as root.`,
    );
  }
  return found;
}

function expand(pattern: string): string[] {
  const [head, ...rest] = pattern.split("*");
  if (head === undefined || rest.length === 0) {
    return [pattern];
  }
  return names(head)
    .sort((one, other) => other.localeCompare(one, "en", { numeric: true }))
    .map((name) => `${head}${name}${rest.join("*")}`);
}

function names(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
