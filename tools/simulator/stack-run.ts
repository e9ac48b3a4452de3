import { AwsSimulator } from "./aws-simulator";
import { type Programs } from "./discovery";
import { driftOf, renderDrift } from "./drift";
import { simulatorVariables, withoutForeign } from "./environment";
import { SimulatorError } from "./errors";
import { type Progress } from "./progress";
import { foreignResources, modulesOf } from "./synthesized";
import { type StateModule, Terraform } from "./terraform";
import { type Workspace } from "./workspace";

export interface StackRunOptions {
  readonly programs: Programs;
  readonly workspace: Workspace;
  readonly progress: Progress;
  /** Where the generated Terraform and AWS configuration lies. */
  readonly configFolder: string;
  /** Destroy everything at the end. */
  readonly destroy: boolean;
  /** Creates what lies outside the stack. @default nothing */
  readonly seed?: (endpoint: string) => Promise<void>;
}

/** What one simulated stack came to. */
export interface StackResult {
  readonly stack: string;
  readonly accountId: string;
  /** Managed resources in the state after apply. */
  readonly resources: number;
  /** The same by module: the first path element below the stack. */
  readonly resourcesByModule: Readonly<Record<string, number>>;
  readonly seconds: { readonly apply: number; readonly total: number };
  readonly secondPlan: "no changes";
  readonly destroyed: boolean;
  readonly jsonFolder: string;
  readonly stateFile: string;
}

const PLAN = "plan.tfplan";
const SECOND_PLAN = "second-plan.tfplan";

/**
 * Applies one stack to an AWS simulator of its own: init, validate, plan, apply, a second plan that must be empty, and
 * destroy when asked to. Throws SimulatorError on the first thing that fails; the simulator is stopped either way.
 */
export async function runStack(options: StackRunOptions): Promise<StackResult> {
  const { programs, workspace, progress, seed } = options;
  const foreign = foreignResources(workspace.stack);
  progress.begin("simulator");
  const simulator = await AwsSimulator.start({ python: programs.python, seed, ...foreign });
  try {
    const aws = { endpoint: simulator.endpoint, region: foreign.region };
    const variables = simulatorVariables(aws, options.configFolder, programs.providerMirror);
    const terraform = new Terraform({
      program: programs.terraform.path,
      folder: workspace.folder,
      env: { ...withoutForeign(process.env), ...variables },
      label: workspace.name,
      complaints: () => simulator.complaints(),
      onEvent: (event) => progress.event(event),
    });
    return { ...(await simulate(terraform, options)), accountId: foreign.accountId };
  } finally {
    await simulator.stop();
  }
}

async function simulate(terraform: Terraform, options: StackRunOptions): Promise<Omit<StackResult, "accountId">> {
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
  const addresses = managed((await terraform.showState()).values?.root_module);
  if (destroy) {
    progress.begin("destroy", addresses.length);
    await terraform.destroy();
  }
  return {
    stack: workspace.name,
    resources: addresses.length,
    resourcesByModule: countByModule(addresses, modulesOf(workspace.stack)),
    seconds: { apply: applySeconds, total: secondsSince(started) },
    secondPlan: "no changes",
    destroyed: destroy,
    jsonFolder: workspace.source,
    stateFile: workspace.stateFile,
  };
}

let lastInit: Promise<unknown> = Promise.resolve();

/** One init at a time: Terraform's plugin cache is not safe for two. */
function initInTurn(terraform: Terraform): Promise<void> {
  const turn = lastInit.then(() => terraform.init());
  lastInit = turn.catch(() => undefined);
  return turn;
}

async function expectNoChanges(terraform: Terraform, { workspace, progress }: StackRunOptions): Promise<void> {
  progress.begin("second plan");
  const { exitCode } = await terraform.plan(SECOND_PLAN);
  if (exitCode === 0) {
    progress.note("no changes");
    return;
  }
  const drift = renderDrift(driftOf(await terraform.showPlan(SECOND_PLAN)));
  throw new SimulatorError(
    `${workspace.name}: the plan right after apply wants changes (expected none):\n\n${drift}\n\n` +
      "Either the stack names a value that AWS returns in another form, or the simulator lacks an extension.",
  );
}

function managed(module: StateModule | undefined): string[] {
  const own = (module?.resources ?? []).filter(({ mode }) => mode === "managed").map(({ address }) => address);
  return [...own, ...(module?.child_modules ?? []).flatMap(managed)];
}

function countByModule(addresses: readonly string[], modules: ReadonlyMap<string, string>): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const address of addresses) {
    // Instances of count and for_each share the module of their resource.
    const module = modules.get(address.replace(/\[.*$/, "")) ?? "(root)";
    counts[module] = (counts[module] ?? 0) + 1;
  }
  return counts;
}

function secondsSince(start: number): number {
  return Math.round((Date.now() - start) / 1000);
}
