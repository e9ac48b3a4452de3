import * as fc from "fast-check";
import { type TerraformJson } from "../helpers/template";
import { type Judge } from "./judge";
import { type FuzzSettings } from "./settings";
import { type Target } from "./target";

/** A case that the library has accepted. */
export interface Accepted {
  /** Construct id, and the beginning of every address. */
  readonly id: string;
  readonly target: Target;
  readonly data: unknown;
  readonly json: TerraformJson;
}

/** The accepted ones of generated cases, under ids that let them stand side by side in one root. */
export function acceptedCases(judge: Judge, target: Target, { seed, runs }: FuzzSettings): Accepted[] {
  return fc.sample(target.data, { seed, numRuns: runs }).flatMap((data, index): Accepted[] => {
    const id = `${target.name}-case-${index}`;
    const verdict = judge.verdict(target, data, id);
    return verdict.kind === "accepted" ? [{ id, target, data, json: verdict.json }] : [];
  });
}

/**
 * The smallest case still found by leaving out one thing after the other.
 * @param isBad whether a smaller case shows the same fault
 */
export async function shrunk(data: unknown, isBad: (smaller: unknown) => Promise<boolean>): Promise<unknown> {
  for (const smaller of withoutOneThing(data)) {
    if (await isBad(smaller)) return shrunk(smaller, isBad);
  }
  return data;
}

function withoutOneThing(data: unknown): unknown[] {
  if (typeof data !== "object" || data === null) return [];
  const isPlain = Array.isArray(data) || Object.getPrototypeOf(data) === Object.prototype;
  if (!isPlain) return [];
  const entries = Object.entries(data);
  const rebuilt = (items: [string, unknown][]) =>
    Array.isArray(data) ? items.map(([, item]) => item) : Object.fromEntries(items);
  return entries.flatMap(([key, item], index) => [
    rebuilt(entries.toSpliced(index, 1)),
    ...withoutOneThing(item).map((smaller) => rebuilt(entries.toSpliced(index, 1, [key, smaller]))),
  ]);
}
