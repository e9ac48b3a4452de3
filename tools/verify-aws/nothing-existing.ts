import { type Context } from "../deploy/context";
import { taggedArns } from "../deploy/removal/leftovers";
import { type PlanJson } from "../terraform/plan-json";
import { VerifyAwsError } from "./errors";

/** @throws VerifyAwsError when something has the environment's tags already */
export async function requireNew({ aws, target }: Pick<Context, "aws" | "target">): Promise<void> {
  const { Application = "", Environment = "" } = target.tags;
  const found = await taggedArns(aws, { Application, Environment });
  if (found.length === 0) return;
  throw new VerifyAwsError(
    `${target.stack}: expected nothing with its tags in the account, found ${found.slice(0, 3).join(", ")}. Run it again, which chooses another name.`,
  );
}

/** Actions that leave everything that exists as it is. */
const HARMLESS = ["create", "read", "no-op"];

/** @throws VerifyAwsError when the plan would change, replace or destroy anything */
export function requireOnlyCreations(stack: string, { resource_changes: changes = [] }: PlanJson): void {
  const others = changes.filter(({ change }) => change.actions.some((action) => !HARMLESS.includes(action)));
  if (others.length === 0) return;
  const list = others.map(({ address, change }) => `  ${change.actions.join(" and ")}: ${address}`).join("\n");
  throw new VerifyAwsError(`${stack}: expected a plan that only creates, got:\n${list}\nNothing was changed.`);
}
