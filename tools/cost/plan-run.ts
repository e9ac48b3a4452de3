import { join } from "node:path";
import { AwsSimulator } from "../simulator/aws-simulator";
import { discover } from "../simulator/discovery";
import { simulatorVariables, withoutForeign } from "../simulator/environment";
import { foreignResources, modulesOf } from "../simulator/synthesized";
import { Terraform } from "../simulator/terraform";
import { prepareWorkspace } from "../simulator/workspace";
import { Plan, type ShownPlan } from "./plan";

const PLAN_FILE = "cost.tfplan";

/**
 * Plans a synthesized stack with the real Terraform on a simulator of its own, so that a bill needs no AWS account.
 * @param out synth output folder
 * @param root where the copy of the stack goes; removed and made again
 * @throws SimulatorError when a program is missing or the plan fails
 */
export async function planStack(out: string, name: string, root: string): Promise<{ plan: Plan; region: string }> {
  const programs = await discover();
  const workspace = prepareWorkspace(out, name, root);
  const foreign = foreignResources(workspace.stack);
  const simulator = await AwsSimulator.start({ python: programs.python, ...foreign });
  try {
    const aws = { endpoint: simulator.endpoint, region: foreign.region };
    const terraform = new Terraform({
      program: programs.terraform.path,
      folder: workspace.folder,
      env: {
        ...withoutForeign(process.env),
        ...simulatorVariables(aws, join(root, ".config"), programs.providerMirror),
      },
      label: name,
    });
    await terraform.init();
    await terraform.plan(PLAN_FILE);
    const shown = (await terraform.showPlan(PLAN_FILE)) as ShownPlan;
    return { plan: new Plan(shown, modulesOf(workspace.stack)), region: foreign.region };
  } finally {
    await simulator.stop();
  }
}
