import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { Template, type TerraformJson } from "./template";

export const ROOT = resolve(__dirname, "../..");
export const TSX = pathToFileURL(join(ROOT, "node_modules/tsx/dist/loader.mjs")).href;

export interface Run {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Folder that holds `stacks/<name>/cdk.tf.json`. */
  readonly outdir: string;
}

/** Runs a TypeScript program in a new folder, like a user. Call `removeRun` afterwards. */
export function runProgram(file: string, env: Record<string, string> = {}): Run {
  const folder = mkdtempSync(join(tmpdir(), "program-"));
  const outdir = join(folder, "out");
  const { status, stdout, stderr } = spawnSync(process.execPath, ["--import", TSX, join(ROOT, file)], {
    cwd: folder,
    encoding: "utf8",
    // tsx looks for tsconfig.json from the working folder upwards, which is outside the repository.
    env: {
      ...process.env,
      TSX_TSCONFIG_PATH: join(ROOT, "tsconfig.json"),
      CDKTF_OUTDIR: outdir,
      CHECKPOINT_DISABLE: "1",
      ...env,
    },
  });
  return { status, stdout, stderr, outdir };
}

export function stackFile({ outdir }: Run, stack: string): string {
  return join(outdir, "stacks", stack, "cdk.tf.json");
}

export function readStack(run: Run, stack: string): Template {
  const text = readFileSync(stackFile(run, stack), "utf8");
  return new Template(JSON.parse(text) as TerraformJson, text);
}

export function removeRun({ outdir }: Run): void {
  rmSync(resolve(outdir, ".."), { recursive: true, force: true });
}
