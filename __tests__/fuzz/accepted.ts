import * as fc from "fast-check";
import { type TerraformJson } from "../helpers/template";
import { type Judge } from "./judge";
import { type FuzzSettings } from "./settings";
import { type Target } from "./target";

/** A case that the library has accepted. */
export interface Accepted {
  /** Construct id, which every address starts with. */
  readonly id: string;
  readonly target: Target;
  readonly data: unknown;
  readonly json: TerraformJson;
}

/** Generates cases and returns the accepted ones, with ids that make them unique within one Terraform configuration. */
export function acceptedCases(judge: Judge, target: Target, { seed, runs }: FuzzSettings): Accepted[] {
  return fc.sample(target.data, { seed, numRuns: runs }).flatMap((data, index): Accepted[] => {
    const id = `${target.name}-case-${index}`;
    const verdict = judge.verdict(target, data, id);
    return verdict.kind === "accepted" ? [{ id, target, data, json: verdict.json }] : [];
  });
}

/**
 * Shrinks a failing case by removing one element at a time.
 * @param isBad whether a smaller case still fails
 */
export async function shrink(data: unknown, isBad: (smaller: unknown) => Promise<boolean>): Promise<unknown> {
  for (const smaller of withoutOneElement(data)) {
    if (await isBad(smaller)) return shrink(smaller, isBad);
  }
  return data;
}

function withoutOneElement(data: unknown): unknown[] {
  if (typeof data !== "object" || data === null) return [];
  const isPlain = Array.isArray(data) || Object.getPrototypeOf(data) === Object.prototype;
  if (!isPlain) return [];
  const entries = Object.entries(data);
  const rebuilt = (items: [string, unknown][]) =>
    Array.isArray(data) ? items.map(([, item]) => item) : Object.fromEntries(items);
  return entries.flatMap(([key, item], index) => [
    rebuilt(entries.toSpliced(index, 1)),
    ...withoutOneElement(item).map((smaller) => rebuilt(entries.toSpliced(index, 1, [key, smaller]))),
  ]);
}
