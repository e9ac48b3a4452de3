import { readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { type ProblemCatalogue } from "../../modules/core/problem";

const ROOT = join(__dirname, "..", "..");

/** The files that hold a catalogue of problems, as paths from the root. */
export function catalogueFiles(): string[] {
  const modules = readdirSync(join(ROOT, "modules"), { recursive: true, encoding: "utf8" })
    .filter((file) => basename(file) === "problems.ts")
    .map((file) => `modules/${file}`);
  return [...modules, "environments/problems.ts", "policies/problems.ts", "stacks/problems.ts"].sort();
}

/** Every catalogue, merged. */
export async function readCatalogue(): Promise<ProblemCatalogue> {
  const files = await Promise.all(
    catalogueFiles().map((file) => import(join(ROOT, file)) as Promise<Record<string, ProblemCatalogue>>),
  );
  return Object.assign({}, ...files.flatMap((file) => Object.values(file))) as ProblemCatalogue;
}
