import { Aspects, type IAspect, TerraformStack } from "cdktf";
import { type IConstruct } from "constructs";
import { describeViolation } from "./policy-violation-error";
import { judge, type PolicyOptions } from "./judge";
import { configurationOf, settledConfigurationOf } from "./rendered";
import { type Tier } from "./rule";
import { type StackVerdict, type Violation } from "./verdict";

export interface PolicedStack {
  readonly stack: TerraformStack;
  /** By which measure; a value, so that no environment variable can lower it. */
  readonly tier: Tier;
}

/**
 * Holds stacks to the rules when the app is synthesized: any violation of an error rule, in any of them, stops the synth before the
 * first file is written. Call it once for all stacks of an app, after they are built.
 *
 * @returns the gate, whose `verdicts` are there once `app.synth()` has returned
 */
export function enforcePolicies(stacks: readonly PolicedStack[], options: PolicyOptions = {}): PolicyGate {
  return new PolicyGate(stacks, options);
}

/**
 * cdktf 0.21 goes stack by stack: aspects, validations, write, next stack. So the gate is an aspect of every stack, and whichever
 * comes first judges all of them. It throws instead of leaving error annotations, which the cdktf CLI turns into files and a
 * message. Aspects of others run after it on the constructs below a stack: a stack that has any is judged once more by a
 * validation, which cdktf runs behind all aspects of a stack.
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
      stack.node.addValidation({ validate: () => this.judgeAgainBehindAspects(stack) });
    }
  }

  /** What the rules said, a stack each. @throws Error before the app was synthesized */
  get verdicts(): readonly StackVerdict[] {
    if (!this.judged) throw new Error("The verdicts are there once app.synth() has returned.");
    return this.judged;
  }

  /** Violations of rules that only warn. */
  get warnings(): readonly Violation[] {
    return this.verdicts.flatMap(({ rules }) => rules.flatMap(({ violations }) => violations));
  }

  /** The warnings, a line each, in the words of an error. */
  describeWarnings(): string {
    return this.warnings.map(describeViolation).join("\n");
  }

  visit(node: IConstruct): void {
    if (!TerraformStack.isStack(node)) return;
    // A stack that comes by again is of another synth.
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

  private judgeAgainBehindAspects(stack: TerraformStack): string[] {
    if (this.hasForeignAspects(stack)) this.judged = this.judge();
    return [];
  }

  private hasForeignAspects(stack: TerraformStack): boolean {
    return stack.node.findAll().some((node) => Aspects.of(node).all.some((aspect) => aspect !== this));
  }
}
