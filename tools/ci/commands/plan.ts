import { stackFolder } from "../../terraform/stacks";
import { chooseStacks } from "../choose-stacks";
import { CiError } from "../errors";
import { terraformProgram, terraformVariables } from "../find-program";
import { type Options } from "../options";
import { planStack } from "../plan-stack";
import { writeOutputs } from "../step-output";

/** Plans every named stack before it fails, so that the report has all of them. */
export async function planCommand(options: Options): Promise<void> {
  const { out, names, output } = options;
  const program = await terraformProgram(process.env);
  const env = terraformVariables(process.env);
  const [readOnly, refresh] = [options["read-only"], !options["no-refresh"]];
  const failed: string[] = [];
  let hasChanges = false;
  for (const stack of chooseStacks(out, names)) {
    const folder = stackFolder(out, stack);
    const outcome = await planStack({ program, folder, env, readOnly, refresh });
    if (outcome.status === "failed") {
      failed.push(stack);
      console.log(`${stack}: FAILED`);
    } else {
      hasChanges ||= outcome.hasChanges;
      console.log(`${stack}: ${outcome.summary}${outcome.hasChanges ? "" : " (no changes)"}`);
    }
  }
  if (failed.length > 0) {
    throw new CiError(
      `${failed.join(", ")}: planning failed. Terraform's errors may contain secrets: make plan-report shows them without.`,
    );
  }
  writeOutputs(output, { changes: String(hasChanges) });
}
