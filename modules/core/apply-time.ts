import { Fn, Op, ref, type TerraformResourceLifecycle, Token } from "cdktf";
import { isUnresolved } from "./tokens";

/** A condition that Terraform checks before it creates a resource, for values that were tokens at synth. */
export interface Precondition {
  readonly condition: string;
  readonly errorMessage: string;
}

/**
 * Returns a precondition on values of which at least one is known only at apply; an empty list when all are literals, which
 * were checked at synth. It fails the plan for a variable, and the apply for an attribute of a resource that does not exist yet.
 */
export function applyTimePrecondition(
  values: readonly unknown[],
  condition: () => unknown,
  errorMessage: string,
): Precondition[] {
  return values.some((value) => isUnresolved(value))
    ? [{ condition: withWorkspaceReference(condition()), errorMessage }]
    : [];
}

/**
 * Adds a reference to `terraform.workspace` to the condition. Terraform refuses a condition that refers to no object ("its result
 * would not be checking anything"), and an expression may consist of literals alone, such as `${parseint("256", 10)}`.
 */
export function withWorkspaceReference(condition: unknown): string {
  return Token.asString(Op.and(Op.neq(Token.asString(ref("terraform.workspace")), "-"), condition));
}

/** Requires at least two different subnets in a list that is known only at apply; a literal list was counted at synth. */
export function atLeastTwoSubnets(prop: string, list: readonly string[]): Precondition[] {
  const different = () => Op.gte(Fn.lengthOf(Fn.distinct([...list])), 2);
  return applyTimePrecondition([list], different, `${prop}: expected at least 2 subnets, in different zones.`);
}

export function between(value: number, min: number, max: number): unknown {
  return Op.and(Op.gte(value, min), Op.lte(value, max));
}

/** Adds preconditions to a lifecycle; returns `undefined` when there are neither. */
export function lifecycleWithPreconditions(
  conditions: readonly Precondition[],
  rest?: TerraformResourceLifecycle,
): TerraformResourceLifecycle | undefined {
  return conditions.length > 0 ? { ...rest, precondition: [...conditions] } : rest;
}
