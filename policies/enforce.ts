import { Aspects, type IAspect, TerraformStack } from "cdktf";
import { type IConstruct } from "constructs";
import { describeViolation } from "./policy-violation-error";
import { judge, type PolicyOptions } from "./judge";
import { configurationOf, settledConfigurationOf } from "./rendered";
import { type Tier } from "./rule";
import { type StackVerdict, type Violation } from "./verdict";

export interface PolicedStack {
  readonly stack: TerraformStack;
  /** The tier whose rules apply. Given in code, so that no environment variable can relax it. */
  readonly tier: Tier;
}

/**
 * Checks stacks against the rules when the app is synthesized. A violation of an error rule in any stack stops the synth before the
 * first file is written. Call it once for all stacks of an app, after they are built.
 *
 * @returns the gate, whose `verdicts` are available after `app.synth()`
 */
export function enforcePolicies(stacks: readonly PolicedStack[], options: PolicyOptions = {}): PolicyGate {
  return new PolicyGate(stacks, options);
}

/**
 * Judges all stacks when cdktf visits the first of them. cdktf 0.21 processes one stack at a time (aspects, validations, write), so the
 * gate is an aspect of every stack. It throws instead of adding error annotations, because the cdktf CLI writes files despite those.
 * Other aspects run later on the constructs below a stack; a stack that has any is judged again in a validation, which cdktf runs
 * after all aspects of the stack.
 */
export class PolicyGate implements IAspect {
  private judged: readonly StackVerdict[] | undefined;
  private readonly visited = new Set<TerraformStack>();

  constructor(
    private readonly stacks: readonly PolicedStack[],
    private readonly options: PolicyOptions,
  ) {
    for (const { stack } of stacks) {
      Aspects.of(stack).add(this);
      stack.node.addValidation({ validate: () => this.judgeAgainAfterAspects(stack) });
    }
  }

  /** The verdicts, one for each stack. @throws Error before the app is synthesized */
  get verdicts(): readonly StackVerdict[] {
    if (!this.judged) throw new Error("Verdicts are available only after app.synth(): call it first.");
    return this.judged;
  }

  /** Violations of rules with severity `warning`. */
  get warnings(): readonly Violation[] {
    return this.verdicts.flatMap(({ rules }) => rules.flatMap(({ violations }) => violations));
  }

  /** Returns the warnings, one per line, in the format of an error. */
  describeWarnings(): string {
    return this.warnings.map(describeViolation).join("\n");
  }

  visit(node: IConstruct): void {
    if (!TerraformStack.isStack(node)) return;
    // The same stack appears again only in a later synth: start over.
    if (!this.judged || this.visited.has(node)) {
      this.judged = this.judge();
      this.visited.clear();
    }
    this.visited.add(node);
  }

  private judge(): readonly StackVerdict[] {
    const stacks = this.stacks.map(({ stack, tier }) => {
      const render = this.hasForeignAspects(stack) ? configurationOf : settledConfigurationOf;
      return { configuration: render(stack), tier };
    });
    return judge(stacks, this.options);
  }

  private judgeAgainAfterAspects(stack: TerraformStack): string[] {
    if (this.hasForeignAspects(stack)) this.judged = this.judge();
    return [];
  }

  private hasForeignAspects(stack: TerraformStack): boolean {
    return stack.node.findAll().some((node) => Aspects.of(node).all.some((aspect) => aspect !== this));
  }
}
