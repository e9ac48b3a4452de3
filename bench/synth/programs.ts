import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { build } from "esbuild";
import { writeBareProgram } from "./bare-program";
import { type Program, runOnce } from "./measure";
import { AWS_CDK, AWS_CDK_UNLINTED, BARE, OURS, OURS_COMPILED, OURS_LOADED } from "./targets";
import { countResources, differences, type JsonObject, readStacks, type StackJson } from "./terraform-json";

export const ROOT = resolve(__dirname, "../..");
export const AWS_CDK_FOLDER = join(__dirname, "aws-cdk");
/** Folder of generated programs and output, inside the repository so that programs find its packages. */
const WORK = join(ROOT, ".cache/bench-synth");

/** Returns a cdktf program that runs TypeScript through tsx, without a compile step or the CLI. */
export function cdktfProgram(name: string, file: string, env: Readonly<Record<string, string>> = {}): Program {
  return { ...processOf(name, ["--import", "tsx", file]), env: { ...env, CDKTF_OUTDIR: outDirOf(name) } };
}

function processOf(name: string, args: readonly string[]): Omit<Program, "env"> {
  return { name, cwd: ROOT, args, outDir: outDirOf(name) };
}

function outDirOf(name: string): string {
  return join(WORK, "out", name.replaceAll(/\W+/g, "-").toLowerCase());
}

export interface PreparedPrograms {
  readonly programs: readonly Program[];
  /** Resources by type, for each compared program. */
  readonly resources: Readonly<Record<string, Record<string, number>>>;
}

/**
 * Builds the compared programs and runs each once.
 *
 * @throws Error if bare cdktf and ours write different Terraform JSON, which would make the ratios meaningless
 */
export async function preparePrograms(): Promise<PreparedPrograms> {
  const ours = { ...processOf(OURS, ["tools/synth/run.mjs"]), env: { CDKTF_OUTDIR: outDirOf(OURS) } };
  runOnce(ours);
  const stacks = readStacks(ours.outDir);

  writeBareProgram(join(WORK, "bare"), stacks);
  const bare = cdktfProgram(BARE, join(WORK, "bare/main.ts"));
  runOnce(bare);
  requireSameOutput(stacks, readStacks(bare.outDir));

  const awsCdk = awsCdkProgram(AWS_CDK);
  // Since 2.262 every synth lints the templates with a WebAssembly engine; ours leaves this to `terraform validate`.
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

function requireSameOutput(ours: readonly StackJson[], theirs: readonly StackJson[]): void {
  const byName = (stacks: readonly StackJson[]): JsonObject =>
    Object.fromEntries(stacks.map(({ name, content }) => [name, content]));
  const found = differences(byName(ours), byName(theirs));
  if (found.length > 0) {
    throw new Error(
      `The bare program writes different Terraform JSON than ours: fix bench/synth/bare-program.ts.\n${found.join("\n")}`,
    );
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

/** Returns ours through tsx, and ours compiled to one file beforehand. */
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
    requireSameOutput(stacks, readStacks(program.outDir));
  }
  return programs;
}
