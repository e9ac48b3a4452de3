import { resolve } from "node:path";
import { run } from "../programs/child-process";
import { DeployError } from "./errors";

const PROJECT = resolve(__dirname, "..", "..");
const SYNTH = resolve(PROJECT, "tools/synth/run.mjs");

/** Another composition root than `main.ts`. */
export interface Program {
  readonly file: string;
  /** Environment variables that it reads. */
  readonly env: Readonly<Record<string, string>>;
}

const MAIN: Program = { file: "main.ts", env: {} };

/** Synthesizes every stack and enforces the policies. @throws DeployError with what was refused */
export async function synthesize(out: string, print: (line: string) => void, program = MAIN): Promise<void> {
  const env = { ...process.env, ...program.env, CDKTF_OUTDIR: resolve(out) };
  const { code, stdout, stderr } = await run(process.execPath, [SYNTH, program.file], { env, cwd: PROJECT });
  const printed = `${stdout}\n${stderr}`.trim();
  if (code !== 0) throw new DeployError(`synth: expected it to succeed, got exit code ${code}.\n\n${printed}`);
  if (printed !== "") print(printed);
}
