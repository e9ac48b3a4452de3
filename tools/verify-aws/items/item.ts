import { type Context } from "../../deploy/context";
import { type TerraformSession } from "../../deploy/terraform/session";
import { type Account } from "../../doctor/account/account";

/** What a check of an item works with: the throwaway environment as it runs. */
export interface Environment {
  readonly context: Context;
  readonly account: Account;
  /** Initializes Terraform in the environment's folder. */
  readonly terraform: () => Promise<Pick<TerraformSession, "plan">>;
}

/** What a check has seen. Only `holds` says that AWS does what the item assumes. */
export type Outcome =
  | { readonly state: "holds"; readonly evidence: string }
  | { readonly state: "differs"; readonly evidence: string }
  | { readonly state: "not checked"; readonly why: string };

export interface ItemResult {
  readonly title: string;
  readonly outcome: Outcome;
}

/** An item of docs/real-aws.md, by its title there. */
export type Item =
  | { readonly title: string; readonly check: (environment: Environment) => Promise<Outcome> }
  /** Checked by what the run does in any case. */
  | { readonly title: string; readonly seenBy: "destruction" }
  | { readonly title: string; readonly byHand: string };

export function holds(evidence: string): Outcome {
  return { state: "holds", evidence };
}

export function differs(evidence: string): Outcome {
  return { state: "differs", evidence };
}

export function notChecked(why: string): Outcome {
  return { state: "not checked", why };
}

/** Plans once more: an item whose proof is a plan without changes. */
export async function emptyPlan({ terraform }: Pick<Environment, "terraform">, after: string): Promise<Outcome> {
  const { exitCode, changes } = await (await terraform()).plan();
  if (exitCode === 0) return holds(`a plan after ${after} changes nothing`);
  const { add, change, remove } = changes;
  return differs(`a plan after ${after} would add ${add}, change ${change} and destroy ${remove} resources`);
}
