import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { isNamed, listStacks } from "../terraform/stacks";
import { PolicyReportError } from "./errors";

/** The verdict of one rule on one stack, as `policies/verdict.ts` writes it. */
export interface RuleVerdict {
  readonly rule: string;
  readonly tiers: readonly string[];
  readonly controls: readonly string[];
  readonly outcome: "passed" | "failed" | "warned" | "excepted" | "not-applicable";
  readonly resources: number;
  readonly excepted: readonly { readonly resource: string; readonly reason: string }[];
  readonly violations: readonly Violation[];
}

export interface Violation {
  readonly resource: string;
  readonly attribute: string;
  readonly expected: string;
  readonly got: string;
  readonly remedy: string;
}

export interface StackVerdict {
  readonly stack: string;
  readonly tier: string;
  readonly rules: readonly RuleVerdict[];
}

/**
 * Reads the verdicts that a synth wrote beside its stacks: all of them, or those of one environment.
 *
 * @throws PolicyReportError naming what is missing
 */
export function readVerdicts(out: string, environment: string | undefined): StackVerdict[] {
  const stacks = listStacks(out);
  if (environment === undefined) return stacks.map((stack) => readVerdict(out, stack));
  const chosen = stacks.filter((name) => isNamed(name, environment));
  if (chosen.length === 0) {
    throw new PolicyReportError(
      `environment: expected one of the stacks in ${out} (${stacks.join(", ")}), got ${environment}.`,
    );
  }
  return chosen.map((stack) => readVerdict(out, stack));
}

function readVerdict(out: string, stack: string): StackVerdict {
  return readVerdictFile(join(out, "stacks", stack, "policies.json"));
}

/** Reads the verdict of one stack from its file. @throws PolicyReportError when it is missing or something else */
export function readVerdictFile(file: string): StackVerdict {
  if (!existsSync(file)) {
    throw new PolicyReportError(`${file}: expected the verdicts of a synth, found no file. Run the synth first.`);
  }
  const verdict = JSON.parse(readFileSync(file, "utf8")) as Partial<StackVerdict>;
  if (typeof verdict.tier !== "string" || !Array.isArray(verdict.rules)) {
    throw new PolicyReportError(`${file}: expected a verdict, got other JSON. Run the synth again.`);
  }
  return verdict as StackVerdict;
}
