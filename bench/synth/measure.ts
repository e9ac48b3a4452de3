import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { performance } from "node:perf_hooks";
import { pathToFileURL } from "node:url";

/** A program that runs as a separate process and writes its output to a folder. */
export interface Program {
  readonly name: string;
  readonly cwd: string;
  /** Arguments of `node`, without the probe. */
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** Emptied before each run; the emptying is not timed. */
  readonly outDir: string;
}

/** Time and memory of one run. */
export interface Sample {
  /** Milliseconds from spawn to exit. */
  readonly wallMs: number;
  readonly userMs: number;
  readonly systemMs: number;
  /** Peak resident memory of the process. */
  readonly peakMiB: number;
}

export type Metric = keyof Sample;

const PROBE = pathToFileURL(join(__dirname, "probe.mjs")).href;

/** Runs all programs in turn, `rounds` times, so that noise affects all of them. Sample i of each is from round i. */
export function interleave(
  programs: readonly Program[],
  { warmUps, rounds, onRound }: { warmUps: number; rounds: number; onRound: (round: number) => void },
): Map<string, Sample[]> {
  const samples = new Map<string, Sample[]>(programs.map(({ name }) => [name, []]));
  for (let round = -warmUps; round < rounds; round++) {
    onRound(round);
    for (const program of programs) {
      const sample = runOnce(program);
      if (round >= 0) samples.get(program.name)!.push(sample);
    }
  }
  return samples;
}

/** Runs a program once. @throws Error with the program's output if it fails */
export function runOnce(program: Program): Sample {
  const usageFile = `${program.outDir}.usage.json`;
  rmSync(program.outDir, { recursive: true, force: true });
  mkdirSync(dirname(program.outDir), { recursive: true });

  const start = performance.now();
  const child = spawnSync(process.execPath, ["--import", PROBE, ...program.args], {
    cwd: program.cwd,
    env: { ...bareEnvironment(), ...program.env, BENCH_USAGE_FILE: usageFile },
    encoding: "utf8",
  });
  const wallMs = performance.now() - start;

  if (child.status !== 0) {
    throw new Error(`${program.name} failed (${child.status ?? child.signal}):\n${child.stdout}${child.stderr}`);
  }
  const usage = JSON.parse(readFileSync(usageFile, "utf8")) as { userUs: number; systemUs: number; peakKiB: number };
  return {
    wallMs,
    userMs: usage.userUs / 1000,
    systemMs: usage.systemUs / 1000,
    peakMiB: usage.peakKiB / 1024,
  };
}

/** Leaves out variables that change how Node, cdktf, AWS CDK or tsx run, such as NODE_OPTIONS and compile caches. */
function bareEnvironment(): Record<string, string | undefined> {
  const { PATH, HOME, TMPDIR } = process.env;
  return { PATH, HOME, TMPDIR };
}
