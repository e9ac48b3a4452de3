import { Fn, Op, ref, type TerraformResourceLifecycle, Token } from "cdktf";
import { isUnresolved } from "./tokens";

/** What Terraform checks before it makes a resource: for what was an expression when the constructs looked. */
export interface Precondition {
  readonly condition: string;
  readonly errorMessage: string;
}

/**
 * A condition on values of which at least one is known only at apply; none when all are literals, which the constructs have
 * judged already. With a variable it fails the plan, with an attribute of a resource that is not there yet the apply.
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
 * The condition, with an object in it that is always there. Terraform refuses one that refers to none ("its result would not be checking
 * anything"), and an expression may be made of literals alone, such as `${parseint("256", 10)}`.
 */
export function withWorkspaceReference(condition: unknown): string {
  return Token.asString(Op.and(Op.neq(Token.asString(ref("terraform.workspace")), "-"), condition));
}

/** A list that is known only at apply has at least two different elements; one that is written out was counted already. */
export function atLeastTwoSubnets(prop: string, list: readonly string[]): Precondition[] {
  const different = () => Op.gte(Fn.lengthOf(Fn.distinct([...list])), 2);
  return applyTimePrecondition([list], different, `${prop}: expected at least 2 subnets, in different zones.`);
}

export function between(value: number, min: number, max: number): unknown {
  return Op.and(Op.gte(value, min), Op.lte(value, max));
}

/** A lifecycle with the conditions, or nothing when there is nothing to say. */
export function lifecycleWithPreconditions(
  conditions: readonly Precondition[],
  rest?: TerraformResourceLifecycle,
): TerraformResourceLifecycle | undefined {
  return conditions.length > 0 ? { ...rest, precondition: [...conditions] } : rest;
}
