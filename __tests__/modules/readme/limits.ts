import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, TerraformStack } from "cdktf";
import { ConfigurationError } from "../../../modules/core";
import { type Subject } from "./subject";

/** What a prop accepts, as its refusal of other values says. */
export interface Limits {
  readonly range?: { readonly min: number; readonly max: number } | undefined;
  readonly choices: readonly string[];
  /** Most characters of a text, or of each text in a list. */
  readonly longest?: number | undefined;
}

/** Values that no prop accepts: numbers beyond every range, and text that is no choice. */
const REFUSED = [-1e9, 1e15, "no such value"] as const;

const learned = new Map<string, Limits>();

/** Returns what a prop accepts. Each prop is tried once. */
export function limitsOf(subject: Subject, prop: string): Limits {
  const key = `${subject.name} ${prop}`;
  const limits = learned.get(key) ?? learn(subject, prop);
  learned.set(key, limits);
  return limits;
}

/** Learns a prop's range or choices from what the construct says when it refuses a value. */
function learn({ build, path }: Subject, prop: string): Limits {
  const name = path === undefined ? prop : `${path}.${prop}`;
  const expected = REFUSED.flatMap((value) => expectedBy(build, name, { [prop]: value }));
  const [, min, max] = firstMatch(expected, /whole number from (\S+) to (\S+)/) ?? [];
  const [, list = ""] = firstMatch(expected, /\bone of (.+)$/) ?? [];
  // Numbers are accepted or not depending on other props.
  const choices = list.split(", ").filter((choice) => /^[a-z]/i.test(choice));
  const [, longest] = firstMatch(expected, /at most (\d+)/) ?? [];
  return {
    ...(longest === undefined ? {} : { longest: Number(longest) }),
    ...(min === undefined || max === undefined ? {} : { range: { min: Number(min), max: Number(max) } }),
    choices,
  };
}

function firstMatch(texts: readonly string[], pattern: RegExp): RegExpExecArray | undefined {
  return texts.map((text) => pattern.exec(text)).find((match) => match !== null) ?? undefined;
}

function expectedBy(build: Subject["build"], prop: string, changed: object): string[] {
  const outdir = mkdtempSync(join(tmpdir(), "limits-"));
  const stack = new TerraformStack(new App({ outdir }), "limits");
  new AwsProvider(stack, "aws", { region: "ap-northeast-1" });
  try {
    build(stack, changed);
    return [];
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    return error.problems.filter((problem) => problem.prop === prop).map(({ expected }) => expected);
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}
