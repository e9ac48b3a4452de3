import { stackFolder } from "../../terraform/stacks";
import { chooseStack } from "../choose-stacks";
import { need, type Options } from "../options";
import { writeOutputs } from "../step-output";
import { describeLocation, locationOf } from "../stored-plan/location";
import { StoredPlan } from "../stored-plan/stored-plan";

export async function saveCommand(options: Options): Promise<void> {
  const stack = chooseStack(options.out, options.names);
  const folder = stackFolder(options.out, stack);
  const id = need(options, "id", "a name for the plan, such as the run's id");
  const location = locationOf(folder, id, options.store);
  const sha256 = await new StoredPlan(location, process.env).save(folder);
  console.log(`${stack}: plan stored at ${describeLocation(location)}, SHA-256 ${sha256}`);
  writeOutputs(options.output, { plan_id: id, plan_sha256: sha256 });
}
