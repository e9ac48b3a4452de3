import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { build } from "esbuild";
import { writeBareProgram } from "./bare";
import { type Program, runOnce } from "./measure";
import { AWS_CDK, AWS_CDK_UNLINTED, BARE, OURS, OURS_COMPILED, OURS_LOADED } from "./targets";
import { countResources, differences, type JsonObject, readStacks, type StackJson } from "./terraform-json";

export const ROOT = resolve(__dirname, "../..");
export const AWS_CDK_FOLDER = join(__dirname, "aws-cdk");
/** Generated programs and all output; inside of the repository, so that they find its packages. */
const WORK = join(ROOT, ".cache/bench-synth");

/** A cdktf program that is run as TypeScript through a loader, with no compile step and no CLI. */
export function cdktfProgram(name: string, file: string, env: Readonly<Record<string, string>> = {}): Program {
  return { ...processOf(name, ["--import", "tsx", file]), env: { ...env, CDKTF_OUTDIR: outDirOf(name) } };
}

function processOf(name: string, args: readonly string[]): Omit<Program, "env"> {
  return { name, cwd: ROOT, args, outDir: outDirOf(name) };
}

function outDirOf(name: string): string {
  return join(WORK, "out", name.replaceAll(/\W+/g, "-").toLowerCase());
}

export interface Contestants {
  readonly programs: readonly Program[];
  /** Resources by type, of each program that is compared. */
  readonly resources: Readonly<Record<string, Record<string, number>>>;
}

/**
 * Builds what is compared and runs each once.
 *
 * @throws Error when bare cdktf does not write the same Terraform JSON as ours: then a ratio would say nothing
 */
export async function prepareContestants(): Promise<Contestants> {
  const ours = { ...processOf(OURS, ["tools/synth/run.mjs"]), env: { CDKTF_OUTDIR: outDirOf(OURS) } };
  runOnce(ours);
  const stacks = readStacks(ours.outDir);

  writeBareProgram(join(WORK, "bare"), stacks);
  const bare = cdktfProgram(BARE, join(WORK, "bare/main.ts"));
  runOnce(bare);
  requireSame(stacks, readStacks(bare.outDir));

  const awsCdk = awsCdkProgram(AWS_CDK);
  // Since 2.262 every synth lints the templates with a WebAssembly engine; ours leaves that to `terraform validate`.
  const awsCdkUnlinted = awsCdkProgram(AWS_CDK_UNLINTED, { CDK_VALIDATION: "false" });
  for (const program of [awsCdk, awsCdkUnlinted]) runOnce(program);

  return {
    programs: [ours, bare, awsCdk, awsCdkUnlinted, ...(await variants(stacks))],
    resources: {
      [OURS]: countResources(stacks),
      [BARE]: countResources(readStacks(bare.outDir)),
      [AWS_CDK]: countCloudFormation(awsCdk.outDir),
      [AWS_CDK_UNLINTED]: countCloudFormation(awsCdkUnlinted.outDir),
    },
  };
}

function requireSame(ours: readonly StackJson[], theirs: readonly StackJson[]): void {
  const byName = (stacks: readonly StackJson[]): JsonObject =>
    Object.fromEntries(stacks.map(({ name, content }) => [name, content]));
  const found = differences(byName(ours), byName(theirs));
  if (found.length > 0) {
    throw new Error(`The bare program does not write what ours writes; mend bench/synth/bare.ts.\n${found.join("\n")}`);
  }
}

function awsCdkProgram(name: string, env: Readonly<Record<string, string>> = {}): Program {
  const outDir = outDirOf(name);
  return {
    name,
    cwd: AWS_CDK_FOLDER,
    args: ["--import", "tsx", "app.ts"],
    env: { ...env, CDK_OUTDIR: outDir },
    outDir,
  };
}

function countCloudFormation(outDir: string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const file of readdirSync(outDir).filter((name) => name.endsWith(".template.json"))) {
    const template = JSON.parse(readFileSync(join(outDir, file), "utf8")) as {
      Resources: Record<string, { Type: string }>;
    };
    for (const { Type: type } of Object.values(template.Resources)) counts[type] = (counts[type] ?? 0) + 1;
  }
  return counts;
}

/** Ours through a loader, and as one file that was compiled beforehand. */
async function variants(stacks: readonly StackJson[]): Promise<Program[]> {
  const outfile = join(WORK, "compiled.cjs");
  await build({
    entryPoints: [join(ROOT, "main.ts")],
    bundle: true,
    platform: "node",
    target: "node20",
    packages: "external",
    outfile,
    logLevel: "error",
  });
  const compiled = { ...processOf(OURS_COMPILED, [outfile]), env: { CDKTF_OUTDIR: outDirOf(OURS_COMPILED) } };
  const programs = [cdktfProgram(OURS_LOADED, "main.ts"), compiled];
  for (const program of programs) {
    runOnce(program);
    requireSame(stacks, readStacks(program.outDir));
  }
  return programs;
}
