import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, LocalBackend, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { Network, type NetworkRef } from "../../../modules";
import { type TerraformJson } from "../template";
import { TerraformRoot } from "../terraform-root";
import { type Action, actionsOf } from "./action-log";
import { addressed } from "./references";
import { destroyedWhileInUse, type StillInUse } from "./still-in-use";

/** What every case may use. */
export interface Surroundings {
  /** A VPC that never changes. */
  readonly network: NetworkRef;
  /** Stem of physical names, of this case alone. */
  readonly name: string;
  /** Provider of us-east-1. */
  readonly edge: AwsProvider;
}

/** One construct that changes from step to step, each applied to the state of the one before. */
export interface Case {
  /** Names the construct and the change in kebab-case, at most 26 characters: it is the stem of physical names. */
  readonly name: string;
  readonly steps: readonly ((scope: Construct, surroundings: Surroundings) => unknown)[];
}

/** What Terraform did for one case in one step. */
export interface StepResult {
  readonly actions: readonly Action[];
  readonly stillInUse: readonly StillInUse[];
  /** What a second plan would change. */
  readonly drift: readonly unknown[];
}

/** Terraform mostly waits for timers of the provider, so it may do much at once. */
const PARALLEL = { TF_CLI_ARGS_plan: "-parallelism=40", TF_CLI_ARGS_apply: "-parallelism=40" };

/**
 * Applies the first step of all cases together, then the second ones, and so on, each followed by a second plan. The cases share one
 * root module, so that the provider's waits overlap.
 * @returns for each case the results of its second and later steps
 */
export async function runTransitions(cases: readonly Case[]): Promise<ReadonlyMap<string, readonly StepResult[]>> {
  const outdir = mkdtempSync(join(tmpdir(), "transitions-"));
  const results = new Map<string, StepResult[]>(cases.map(({ name }) => [name, []]));
  let root: TerraformRoot | undefined;
  try {
    let file = synthesizeStep(cases, 0, outdir);
    root = await TerraformRoot.init(file, PARALLEL);
    await root.apply();
    await requireNoDrift(root);
    const steps = Math.max(...cases.map(({ steps: { length } }) => length));
    for (let step = 1; step < steps; step++) {
      const before = readJson(file);
      file = synthesizeStep(cases, step, outdir);
      const found = await applyStep(root, file, before);
      for (const one of cases.filter(({ steps: { length } }) => step < length)) {
        results.get(one.name)!.push(resultOf(one.name, found, before, readJson(file)));
      }
    }
    return results;
  } finally {
    await root?.dispose();
    rmSync(outdir, { recursive: true, force: true });
  }
}

interface Applied {
  readonly actions: readonly Action[];
  readonly drift: readonly unknown[];
}

async function applyStep(
  root: TerraformRoot,
  file: string,
  before: TerraformJson,
): Promise<Applied & { stillInUse: readonly StillInUse[] }> {
  const start = root.log.length;
  root.replaceConfiguration(file);
  await root.apply();
  const actions = actionsOf(root.log.slice(start));
  return { actions, stillInUse: destroyedWhileInUse(before, actions), drift: asList(await root.drift()) };
}

async function requireNoDrift(root: TerraformRoot): Promise<void> {
  const drift = asList(await root.drift());
  if (drift.length > 0) throw new Error(`the first step is not stable: ${JSON.stringify(drift, undefined, 1)}`);
}

function asList(drift: unknown): readonly unknown[] {
  return Array.isArray(drift) ? drift : [drift];
}

/** Keeps what belongs to one case: its constructs are below a construct of its name. */
function resultOf(
  name: string,
  { actions, stillInUse, drift }: Applied & { stillInUse: readonly StillInUse[] },
  ...configurations: readonly TerraformJson[]
): StepResult {
  const own = new Set(
    configurations.flatMap((json) =>
      [...addressed(json)]
        .filter(([, block]) => caseOf(block["//"]?.metadata?.path) === name)
        .map(([address]) => address),
    ),
  );
  return {
    actions: actions.filter(({ address }) => own.has(address)),
    stillInUse: stillInUse.filter(({ destroyed }) => own.has(destroyed)),
    drift: drift.filter((change) => own.has(String((change as { address?: unknown }).address))),
  };
}

function caseOf(path: string | undefined): string | undefined {
  return path?.split("/")[1];
}

function synthesizeStep(cases: readonly Case[], step: number, outdir: string): string {
  const folder = join(outdir, String(step));
  const app = new App({ outdir: folder });
  const stack = new TerraformStack(app, "test");
  new LocalBackend(stack, { path: "terraform.tfstate" });
  new AwsProvider(stack, "aws", { region: "ap-northeast-1" });
  const edge = new AwsProvider(stack, "edge", { region: "us-east-1", alias: "edge" });
  const network = new Network(stack, "shared-network", {
    name: "shared",
    availabilityZones: ["ap-northeast-1a", "ap-northeast-1c"],
    egress: "public-ip",
    flowLogs: false,
  });
  for (const { name, steps } of cases) {
    steps[Math.min(step, steps.length - 1)]!(new Construct(stack, name), { network, name, edge });
  }
  app.synth();
  return join(folder, "stacks", "test", "cdk.tf.json");
}

function readJson(file: string): TerraformJson {
  return JSON.parse(readFileSync(file, "utf8")) as TerraformJson;
}
