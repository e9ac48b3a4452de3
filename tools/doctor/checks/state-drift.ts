import { UserError } from "../../command-line/user-error";
import { TerraformSession } from "../../deploy/terraform/session";
import { type DriftReport } from "../../plan-report/report";
import { type Account } from "../account/account";
import { Unanswered } from "../account/ask";
import { type Check, defineCheck } from "../check";
import { type Problem } from "../finding";

/** More would hide the first; a plan lists all. */
const MOST_RESOURCES = 20;

/**
 * What somebody changed beside Terraform, by a plan: it takes a minute, locks the state meanwhile, and changes nothing.
 * @param endpoint URL of every AWS service instead of AWS's own
 */
export function stateDrift(endpoint: string | undefined): Check {
  return defineCheck({
    name: "state-drift",
    expects: "nothing was changed or deleted beside Terraform that the next apply changes back (only with --plan)",
    read: ({ target }) => read(target, endpoint),
    judge: problems,
  });
}

async function read(target: Account["target"], endpoint: string | undefined): Promise<readonly DriftReport[]> {
  try {
    const terraform = await TerraformSession.start({ target, endpoint, onEvent: () => undefined });
    await terraform.plan();
    return (await terraform.report()).stacks.flatMap(({ drift }) => drift);
  } catch (error) {
    // Such as a locked state, or no Terraform: the other checks say what they find all the same.
    if (error instanceof UserError) throw new Unanswered("terraform plan", error.message, { cause: error });
    throw error;
  }
}

function problems(drift: readonly DriftReport[]): Problem[] {
  if (drift.length === 0) return [];
  const lines = drift.slice(0, MOST_RESOURCES).map(describe);
  const rest = drift.length > lines.length ? [`and ${drift.length - lines.length} more`] : [];
  const resources = drift.length === 1 ? "1 resource was" : `${drift.length} resources were`;
  return [
    {
      severity: "warning",
      what: `${resources} changed or deleted beside Terraform.`,
      evidence: [...lines, ...rest].join("\n"),
      impact: "The next apply, for whatever reason, changes it back.",
      remedy: "Put what is meant into the environment or the stack. `make deploy ARGS=--plan-only` shows the rest.",
    },
  ];
}

/** Without values, which may be secret. */
function describe({ address, what, attributes }: DriftReport): string {
  return what === "deleted" ? `${address}: deleted` : `${address}: ${attributes.map(({ path }) => path).join(", ")}`;
}
