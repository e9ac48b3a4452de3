import { stackFolder } from "../../terraform/stacks";
import { applyPlan } from "../apply-plan";
import { chooseStack } from "../choose-stacks";
import { CiError } from "../errors";
import { terraformProgram, terraformVariables } from "../find-program";
import { need, type Options } from "../options";
import { locationOf } from "../stored-plan/location";
import { StoredPlan } from "../stored-plan/stored-plan";

export async function applyCommand(options: Options): Promise<void> {
  const stack = chooseStack(options.out, options.names);
  const folder = stackFolder(options.out, stack);
  const id = need(options, "id", "the name of the stored plan, as make ci-save printed it");
  const sha256 = need(options, "sha256", "the SHA-256 of the reviewed plan, as make ci-save printed it");
  if (!/^[0-9a-f]{64}$/.test(sha256)) throw new CiError(`--sha256: expected 64 hexadecimal digits, got "${sha256}".`);
  const program = await terraformProgram(process.env);
  const stored = new StoredPlan(locationOf(folder, id, options.store), process.env);
  await stored.restore(folder, sha256);
  const env = terraformVariables(process.env);
  await applyPlan({ program, folder, stack, env, print: (line) => console.log(line) });
  await stored.remove();
}
