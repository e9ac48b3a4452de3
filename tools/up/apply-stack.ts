import { expectNoProblems, judgeStack } from "../judges/judge-stack";
import { expectAllowed } from "../simulator/report";
import { AwsSimulator } from "../simulator/aws-simulator";
import { simulatorVariables } from "../simulator/environment";
import { SimulatorError } from "../simulator/errors";
import { type Programs } from "../simulator/find-programs";
import { prerequisitesOf } from "../simulator/prerequisites";
import { type Workspace } from "../simulator/workspace";
import { driftOf, renderDrift } from "../terraform/drift";
import { isolatedEnvironment } from "../terraform/environment";
import { countByModule, modulesOfStack } from "../terraform/modules-of-stack";
import { managedResources } from "../terraform/state-json";
import { Terraform } from "../terraform/terraform";
import { type Progress } from "./progress";
import { type StackResult } from "./summary";

export interface ApplyStackOptions {
  readonly programs: Programs;
  readonly workspace: Workspace;
  readonly progress: Progress;
  /** Where the generated Terraform and AWS configuration is written. */
  readonly configFolder: string;
  /** Destroy everything at the end. */
  readonly destroy: boolean;
  /** Creates what the stack expects to exist, such as a VPC. @default nothing */
  readonly seed?: (endpoint: string) => Promise<void>;
}

const PLAN = "plan.tfplan";
const SECOND_PLAN = "second-plan.tfplan";

/**
 * Applies one stack to an AWS simulator of its own: init, validate, plan, apply, a second plan that must be empty, and destroy
 * when asked to. AWS's API models must allow every request, and its references every policy and metric. The simulator is stopped in any case.
 * @throws SimulatorError or TerraformError at the first step that fails
 */
export async function applyStack(options: ApplyStackOptions): Promise<StackResult> {
  const { programs, workspace, progress, seed } = options;
  const prerequisites = prerequisitesOf(workspace.stack);
  progress.begin("simulator");
  const simulator = await AwsSimulator.start({ python: programs.python, seed, ...prerequisites });
  try {
    const aws = { endpoint: simulator.endpoint, region: prerequisites.region };
    const variables = simulatorVariables(aws, options.configFolder, programs.providerMirror);
    const terraform = new Terraform({
      program: programs.terraform.path,
      folder: workspace.folder,
      env: { ...isolatedEnvironment(process.env), ...variables },
      label: workspace.name,
      apiErrors: () => simulator.errors(),
      onEvent: (event) => progress.event(event),
    });
    const outcome = await runSteps(terraform, options);
    const report = await simulator.report();
    expectAllowed(report, workspace.name);
    const apiModels = { requests: report.requests, operations: Object.keys(report.operations) };
    const judgement = await judgeStack(workspace.name, workspace.stack);
    expectNoProblems(judgement, workspace.name);
    return { ...outcome, apiModels, judgement, accountId: prerequisites.accountId };
  } finally {
    await simulator.stop();
  }
}

async function runSteps(
  terraform: Terraform,
  options: ApplyStackOptions,
): Promise<Omit<StackResult, "accountId" | "apiModels" | "judgement">> {
  const { workspace, progress, destroy } = options;
  const started = Date.now();
  progress.begin("init");
  await initInTurn(terraform);
  progress.begin("validate");
  await terraform.validate();
  progress.begin("plan");
  const { changes } = await terraform.plan(PLAN);
  progress.begin("apply", changes.add);
  const applyStarted = Date.now();
  await terraform.apply(PLAN);
  const applySeconds = secondsSince(applyStarted);
  await expectNoChanges(terraform, options);
  const addresses = managedResources(await terraform.showState()).map(({ address }) => address);
  if (destroy) {
    progress.begin("destroy", addresses.length);
    await terraform.destroy();
  }
  return {
    stack: workspace.name,
    resources: addresses.length,
    resourcesByModule: countByModule(addresses, modulesOfStack(workspace.stack)),
    seconds: { apply: applySeconds, total: secondsSince(started) },
    secondPlan: "no changes",
    destroyed: destroy,
    jsonFolder: workspace.source,
    stateFile: workspace.stateFile,
  };
}

let lastInit: Promise<unknown> = Promise.resolve();

/** Runs one init at a time: Terraform's plugin cache is not safe for concurrent use. */
function initInTurn(terraform: Terraform): Promise<void> {
  const turn = lastInit.then(() => terraform.init());
  lastInit = turn.catch(() => undefined);
  return turn;
}

async function expectNoChanges(terraform: Terraform, { workspace, progress }: ApplyStackOptions): Promise<void> {
  progress.begin("second plan");
  const { exitCode } = await terraform.plan(SECOND_PLAN);
  if (exitCode === 0) {
    progress.note("no changes");
    return;
  }
  const drift = renderDrift(driftOf(await terraform.showPlan(SECOND_PLAN)));
  throw new SimulatorError(
    `${workspace.name}: the plan right after apply wants changes (expected none):\n\n${drift}\n\n` +
      "Either the stack sets a value that AWS returns in another form, or the simulator lacks an extension.",
  );
}

function secondsSince(start: number): number {
  return Math.round((Date.now() - start) / 1000);
}
