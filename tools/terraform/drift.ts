import { isDeepStrictEqual } from "node:util";
import { type Json } from "./json";
import { type PlanJson } from "./plan-json";

export interface Drift {
  readonly address: string;
  readonly actions: readonly string[];
  /** Paths such as `root_block_device[0].encrypted`. */
  readonly attributes: readonly string[];
}

/** Lists what a plan that should be empty would change. */
export function driftOf(plan: PlanJson): Drift[] {
  return (plan.resource_changes ?? [])
    .filter(({ change }) => change.actions.some((action) => action !== "no-op" && action !== "read"))
    .map(({ address, change }) => ({
      address,
      actions: change.actions,
      attributes: [...differences(change.before, change.after), ...unknowns(change.after_unknown)].sort(),
    }));
}

export function renderDrift(drift: readonly Drift[]): string {
  return drift
    .map(({ address, actions, attributes }) => `  ${address} (${actions.join(", ")}): ${attributes.join(", ")}`)
    .join("\n");
}

type Tree = { readonly [key: string]: Json };

function differences(before: Json, after: Json, path = ""): string[] {
  if (isDeepStrictEqual(before, after)) {
    return [];
  }
  if (!isTree(before) || !isTree(after) || Array.isArray(before) !== Array.isArray(after)) {
    return [path];
  }
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...keys].flatMap((key) => differences(before[key] ?? null, after[key] ?? null, join(path, key, before)));
}

function unknowns(value: Json | undefined, path = ""): string[] {
  if (value === true) {
    return [`${path} (known after apply)`];
  }
  return isTree(value) ? Object.entries(value).flatMap(([key, item]) => unknowns(item, join(path, key, value))) : [];
}

function isTree(value: Json | undefined): value is Tree {
  return value !== null && typeof value === "object";
}

function join(path: string, key: string, parent: Tree): string {
  if (Array.isArray(parent)) {
    return `${path}[${key}]`;
  }
  return path === "" ? key : `${path}.${key}`;
}
