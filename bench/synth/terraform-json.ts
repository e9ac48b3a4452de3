import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";

export type Json = string | number | boolean | null | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json;
}

/** One `cdk.tf.json`. */
export interface StackJson {
  readonly name: string;
  readonly content: JsonObject;
}

/** Key of cdktf's metadata (construct paths, output names), which Terraform ignores. */
const COMMENT = "//";

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Reads the stacks that cdktf wrote to `outDir`, sorted by name, without metadata. */
export function readStacks(outDir: string): StackJson[] {
  const folder = join(outDir, "stacks");
  if (!existsSync(folder)) throw new Error(`Nothing was synthesized to ${folder}.`);
  return readdirSync(folder)
    .sort()
    .map((name) => {
      const content = JSON.parse(readFileSync(join(folder, name, "cdk.tf.json"), "utf8")) as Json;
      return { name, content: withoutComments(content) as JsonObject };
    });
}

function withoutComments(value: Json): Json {
  if (Array.isArray(value)) return (value as readonly Json[]).map(withoutComments);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== COMMENT)
      .map(([key, member]) => [key, withoutComments(member)]),
  );
}

/** Returns the blocks of one kind (`resource`, `data`) with type, name and arguments. */
export function blocksOf(stack: StackJson, kind: string): { type: string; name: string; args: JsonObject }[] {
  const byType = stack.content[kind];
  if (!isObject(byType)) return [];
  return Object.entries(byType).flatMap(([type, byName]) =>
    Object.entries(byName as JsonObject).map(([name, args]) => ({ type, name, args: args as JsonObject })),
  );
}

/** Counts the resources of all stacks by type. */
export function countResources(stacks: readonly StackJson[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { type } of stacks.flatMap((stack) => blocksOf(stack, "resource"))) counts[type] = (counts[type] ?? 0) + 1;
  return counts;
}

export function total(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}

/** Returns the paths at which two values differ, or none if they mean the same to Terraform. */
export function differences(ours: Json | undefined, theirs: Json | undefined, path = ""): string[] {
  if (isDeepStrictEqual(ours, theirs)) return [];
  if (isObject(ours) && isObject(theirs)) {
    const keys = [...new Set([...Object.keys(ours), ...Object.keys(theirs)])].sort();
    return keys.flatMap((key) => differences(ours[key], theirs[key], `${path}/${key}`));
  }
  return [`${path}: ${JSON.stringify(ours) ?? "nothing"} is not ${JSON.stringify(theirs) ?? "nothing"}`];
}
