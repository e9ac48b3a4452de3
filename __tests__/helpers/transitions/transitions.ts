import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, LocalBackend, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { Network, type NetworkRef } from "../../../modules";
import { physicalName } from "../../../modules/core/names";
import { type TerraformJson } from "../template";
import { TerraformError } from "../../../tools/terraform/errors";
import { TerraformRoot } from "../terraform-root";
import { type Action, actionsOf } from "./action-log";
import { createdUnderTakenName } from "./name-taken";
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

/** Builds a construct. */
export type Build = (scope: Construct, surroundings: Surroundings) => unknown;

/** A value of a prop in words, and the construct with it. */
export type Step = readonly [value: string, build: Build];

/** One construct whose prop changes from step to step, each applied to the state of the one before. */
export interface Case {
  /** Stem of physical names: the construct and the prop in kebab-case. */
  readonly name: string;
  readonly construct: string;
  /** The prop, or the props, that change. */
  readonly prop: string;
  readonly steps: readonly Step[];
}

/** Longest name of a case, which leaves room for a suffix. */
const LONGEST_NAME = 34;

/** Names a case after its construct and prop. */
export function changes(construct: string, prop: string, ...steps: readonly Step[]): Case {
  const words = [construct, prop].map((text) => text.replace(/(?<=[a-z0-9])(?=[A-Z])/g, "-").toLowerCase());
  return { name: physicalName(words, { maxLength: LONGEST_NAME }), construct, prop, steps };
}

/** What Terraform did for one case in one step. */
export interface StepResult {
  /** The values before and after. */
  readonly values: readonly [before: string, after: string];
  readonly actions: readonly Action[];
  readonly stillInUse: readonly StillInUse[];
  /** Addresses that were created under a name that was still taken. */
  readonly nameTaken: readonly string[];
  /** Why Terraform could not apply the step. */
  readonly errors: readonly string[];
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
    const length = Math.max(...cases.map(({ steps }) => steps.length));
    // Before anything is applied, so that a step that is refused fails at once.
    const files = Array.from({ length }, (_, step) => synthesizeStep(cases, step, outdir));
    root = await TerraformRoot.init(files[0]!, { variables: PARALLEL, laterFiles: files.slice(1) });
    await root.apply();
    await requireNoDrift(root);
    for (const [step, file] of [...files.entries()].slice(1)) {
      const before = readJson(files[step - 1]!);
      const found = await applyStep(root, file, before);
      for (const one of cases.filter(({ steps }) => step < steps.length)) {
        const values = [one.steps[step - 1]![0], one.steps[step]![0]] as const;
        results.get(one.name)!.push({ values, ...resultOf(one.name, found, before, readJson(file)) });
      }
    }
    return results;
  } finally {
    await root?.dispose();
    rmSync(outdir, { recursive: true, force: true });
  }
}

type Applied = Omit<StepResult, "values">;

async function applyStep(root: TerraformRoot, file: string, before: TerraformJson): Promise<Applied> {
  const start = root.log.length;
  root.replaceConfiguration(file);
  const errors = await errorsOf(root.apply());
  const actions = actionsOf(root.log.slice(start));
  return {
    actions,
    errors,
    stillInUse: destroyedWhileInUse(before, actions),
    nameTaken: createdUnderTakenName(before, readJson(file), actions),
    drift: asList(await root.drift()),
  };
}

/** Returns Terraform's errors instead of throwing them, so that the other cases go on. */
async function errorsOf(apply: Promise<void>): Promise<string[]> {
  try {
    await apply;
    return [];
  } catch (error) {
    if (error instanceof TerraformError) return error.message.split(/\n(?=Error: )/).slice(1);
    throw error;
  }
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
  { actions, stillInUse, nameTaken, errors, drift }: Applied,
  ...configurations: readonly TerraformJson[]
): Applied {
  const blocks = configurations.flatMap((json) => [...addressed(json)]);
  const all = blocks.map(([address]) => address);
  const own = new Set(
    blocks.filter(([, block]) => caseOf(block["//"]?.metadata?.path) === name).map(([address]) => address),
  );
  return {
    actions: actions.filter(({ address }) => own.has(address)),
    stillInUse: stillInUse.filter(({ destroyed }) => own.has(destroyed)),
    nameTaken: nameTaken.filter((address) => own.has(address)),
    // An error about a resource that is not in the configuration any more names no address: it may be anybody's.
    errors: errors.filter(
      (error) => [...own].some((address) => error.includes(address)) || !all.some((address) => error.includes(address)),
    ),
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
    const [, build] = steps[Math.min(step, steps.length - 1)]!;
    build(new Construct(stack, name), { network, name, edge });
  }
  app.synth();
  return join(folder, "stacks", "test", "cdk.tf.json");
}

function readJson(file: string): TerraformJson {
  return JSON.parse(readFileSync(file, "utf8")) as TerraformJson;
}
