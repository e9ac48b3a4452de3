import { Configuration, allRules, type Tier, type Violation } from "../../policies";
import { judgeStack } from "../../policies/verdict";
import { readStack, removeRun, runProgram } from "../helpers/run-program";
import { type TerraformJson } from "../helpers/template";
import { exampleExceptions } from "../../stacks/policy-exceptions";

export type Base =
  "messenger-crm-prod" | "messenger-crm-registry" | "complete" | "behind-cloudfront" | "messenger-crm-header";

/** Synthesizes compliant stacks: our own environments and examples. */
export function synthesizeBases(): Readonly<Record<Base, TerraformJson>> {
  const main = runProgram("main.ts");
  const complete = runProgram("examples/complete/main.ts");
  const behindCloudfront = runProgram("examples/behind-cloudfront/main.ts");
  const entrances = runProgram("__tests__/programs/entrances.ts");
  try {
    return {
      "messenger-crm-prod": readStack(main, "messenger-crm-prod").json,
      "messenger-crm-registry": readStack(main, "messenger-crm-registry").json,
      complete: readStack(complete, "complete").json,
      "behind-cloudfront": readStack(behindCloudfront, "behind-cloudfront").json,
      "messenger-crm-header": readStack(entrances, "messenger-crm-header").json,
    };
  } finally {
    removeRun(main);
    removeRun(complete);
    removeRun(behindCloudfront);
    removeRun(entrances);
  }
}

export function configurationFor(stack: string, json: TerraformJson): Configuration {
  return new Configuration(stack, { ...json });
}

/** Returns the violations of all rules, errors and warnings, in a tier. */
export function violations(stack: string, json: TerraformJson, tier: Tier = "production"): Violation[] {
  const { rules } = judgeStack(
    configurationFor(stack, json),
    tier,
    allRules,
    exampleExceptions[stack] ?? [],
    new Set(),
  );
  return rules.flatMap((rule) => rule.violations);
}
