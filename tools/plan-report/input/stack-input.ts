import { type Diagnostic } from "../../terraform/diagnostics";
import { type PlanJson } from "../../terraform/plan-json";
import { type RuleVerdict } from "../../policy-report/verdict";

/** What a report on one stack is made from. */
export interface StackInput {
  readonly stack: string;
  /** Missing when planning failed before there was a plan. */
  readonly plan: PlanJson | undefined;
  /** Terraform's errors and warnings, when its log is there. */
  readonly diagnostics: readonly Diagnostic[];
  /** Verdicts of the policies, when the synth wrote them. */
  readonly policies: { readonly tier: string; readonly rules: readonly RuleVerdict[] } | undefined;
  /** The construct of each address; empty when the synthesized stack is not there. */
  readonly modules: ReadonlyMap<string, string>;
}
