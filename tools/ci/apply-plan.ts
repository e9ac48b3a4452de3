import { join } from "node:path";
import { Redactor } from "../plan-report/redact/redactor";
import { sensitiveValues } from "../plan-report/redact/sensitive-values";
import { TerraformError } from "../terraform/errors";
import { type TerraformEvent } from "../terraform/events";
import { type PlanJson } from "../terraform/plan-json";
import { Terraform } from "../terraform/terraform";
import { CiError } from "./errors";
import { PLAN_FILE } from "./files";

export interface ApplyOptions {
  /** The Terraform program. */
  readonly program: string;
  /** The stack's folder, with the saved plan. */
  readonly folder: string;
  readonly stack: string;
  readonly env: NodeJS.ProcessEnv;
  readonly print: (line: string) => void;
}

/**
 * Applies the saved plan in a stack's folder and prints each resource as it is done. Terraform refuses the plan when the state has changed
 * since. @throws CiError with Terraform's errors, without the plan's sensitive values
 */
export async function applyPlan({ program, folder, stack, env, print }: ApplyOptions): Promise<void> {
  const onEvent = (event: TerraformEvent): void => {
    const line = describe(event);
    if (line !== undefined) print(`${stack}: ${line}`);
  };
  const terraform = new Terraform({ program, folder, env, label: stack, onEvent, finishOnSignal: true });
  await terraform.init();
  const plan = await terraform.showPlan(PLAN_FILE);
  try {
    const { add, change, remove } = await terraform.apply(PLAN_FILE);
    print(`${stack}: ${add} added, ${change} changed, ${remove} destroyed`);
  } catch (error) {
    if (error instanceof TerraformError) throw new CiError(withoutSecrets(error.message, plan) + remedy(error, folder));
    throw error;
  }
}

function withoutSecrets(text: string, plan: PlanJson): string {
  return new Redactor(sensitiveValues(plan)).text(text);
}

function remedy({ message }: TerraformError, folder: string): string {
  if (!message.includes("Saved plan is stale")) return "";
  return `\n\n${join(folder, PLAN_FILE)}: somebody has changed the state since this plan was made, so nothing was applied. Run the whole pipeline again for a new plan.`;
}

function describe(event: TerraformEvent): string | undefined {
  switch (event.type) {
    case "apply_start":
      return `${event.hook.resource.addr}: started`;
    case "apply_progress":
      return `${event.hook.resource.addr}: still busy after ${event.hook.elapsed_seconds ?? 0} s`;
    case "apply_complete":
      return `${event.hook.resource.addr}: done after ${event.hook.elapsed_seconds ?? 0} s`;
    case "apply_errored":
      return `${event.hook.resource.addr}: FAILED`;
    default:
      return undefined;
  }
}
