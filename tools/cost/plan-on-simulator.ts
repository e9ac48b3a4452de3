import { AwsSimulator } from "../simulator/aws-simulator";
import { simulatorVariables } from "../simulator/environment";
import { findPrograms } from "../simulator/find-programs";
import { prerequisitesOf } from "../simulator/prerequisites";
import { configurationFolder, prepareWorkspace } from "../simulator/workspace";
import { isolatedEnvironment } from "../terraform/environment";
import { modulesOfStack } from "../terraform/modules-of-stack";
import { Plan } from "../terraform/plan";
import { Terraform } from "../terraform/terraform";

const PLAN_FILE = "cost.tfplan";

/**
 * Plans a synthesized stack with the real Terraform on a simulator of its own, so that a bill needs no AWS account.
 * @param out synth output folder
 * @param root where the copy of the stack goes; removed first
 * @throws SimulatorError when a program is missing, TerraformError when the plan fails
 */
export async function planOnSimulator(
  out: string,
  name: string,
  root: string,
): Promise<{ plan: Plan; region: string }> {
  const programs = await findPrograms();
  const workspace = prepareWorkspace(out, name, root);
  const prerequisites = prerequisitesOf(workspace.stack);
  const simulator = await AwsSimulator.start({ python: programs.python, ...prerequisites });
  try {
    const aws = { endpoint: simulator.endpoint, region: prerequisites.region };
    const variables = simulatorVariables(aws, configurationFolder(root), programs.providerMirror);
    const terraform = new Terraform({
      program: programs.terraform.path,
      folder: workspace.folder,
      env: { ...isolatedEnvironment(process.env), ...variables },
      label: name,
    });
    await terraform.init();
    await terraform.plan(PLAN_FILE);
    const plan = new Plan(await terraform.showPlan(PLAN_FILE), modulesOfStack(workspace.stack));
    return { plan, region: prerequisites.region };
  } finally {
    await simulator.stop();
  }
}
