import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { ROOT } from "../helpers/run-program";

export type Permissions = Readonly<Record<string, "read" | "write" | "none">>;

export interface Step {
  readonly name?: string;
  readonly id?: string;
  readonly if?: string;
  readonly uses?: string;
  readonly with?: Readonly<Record<string, string>>;
  readonly run?: string;
  readonly env?: Readonly<Record<string, string>>;
}

export interface Job {
  readonly if?: string;
  readonly needs?: string | readonly string[];
  readonly environment?: string;
  readonly permissions?: Permissions;
  readonly "timeout-minutes"?: number;
  readonly uses?: string;
  readonly secrets?: "inherit" | Readonly<Record<string, string>>;
  readonly outputs?: Readonly<Record<string, string>>;
  readonly steps?: readonly Step[];
}

export interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions?: Permissions | string;
  readonly concurrency?: { readonly group: string; readonly "cancel-in-progress": boolean | string };
  readonly defaults?: { readonly run?: { readonly shell?: string } };
  readonly jobs: Readonly<Record<string, Job>>;
}

export const WORKFLOWS = ".github/workflows";

export const names: readonly string[] = readdirSync(join(ROOT, WORKFLOWS)).sort();

export function textOf(name: string): string {
  return readFileSync(join(ROOT, WORKFLOWS, name), "utf8");
}

export function workflowOf(name: string): Workflow {
  return parse(textOf(name)) as Workflow;
}

/** Every job of every workflow, as `plan.yml: comment`. */
export const jobs: readonly (readonly [label: string, job: Job])[] = names.flatMap((name) =>
  Object.entries(workflowOf(name).jobs).map(([id, job]) => [`${name}: ${id}`, job] as const),
);

/** Every script of a job. */
export function scriptsOf({ steps = [] }: Job): string[] {
  return steps.flatMap(({ run }) => (run === undefined ? [] : [run]));
}

/** The make targets that scripts name. */
export function targetsIn(scripts: readonly string[]): string[] {
  return scripts.flatMap((script) =>
    [...script.matchAll(/(?:^|[;&|]\s*|\bthen )make ([a-z][\w-]*)/gm)].map(([, target = ""]) => target),
  );
}

/** The targets of the Makefile that `make help` lists. */
export const makeTargets: readonly string[] = [
  ...readFileSync(join(ROOT, "Makefile"), "utf8").matchAll(/^([a-z-]+):.*## /gm),
].map(([, target = ""]) => target);
