import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** The app's resource use, from the committed runs of its benchmarks. */
export interface Measured {
  /** CPU of all tasks together for a message to four sockets on two tasks. */
  readonly messageUs: number;
  readonly handshakeUs: number;
  readonly connectionBytes: number;
  /** Resident memory of the image without connections. */
  readonly baseBytes: number;
  readonly bootSec: number;
  /** The tasks that the message was measured on. */
  readonly tasks: number;
  readonly machine: string;
}

export const BASELINE = join(__dirname, "../../bench/app/results/baseline.json");
export const LOAD_BASELINE = join(__dirname, "../../bench/load/results/baseline.json");
const MIB = 1024 * 1024;

interface Baseline {
  readonly machine: { readonly cpu: string; readonly cores: number };
  readonly rows: readonly { readonly metric: string; readonly app: { readonly median: number } }[];
  readonly image: { readonly connections: number; readonly peakMiB: number; readonly bootSec: number };
}

/** A result of `bench/load`. */
interface LoadBaseline {
  readonly task: { readonly count: number };
  /** The steps below the knee, after warm-up. */
  readonly sustained?: { readonly cpuPerMessageUs: number };
}

/** Reads the committed benchmarks. @throws Error when a run or one of its figures is missing */
export function readMeasured(path: string = BASELINE, loadPath: string = LOAD_BASELINE): Measured {
  const { machine, rows, image } = readRun<Baseline>(path, "make bench-app");
  const { task, sustained } = readRun<LoadBaseline>(loadPath, "make load");
  if (!sustained) throw new Error(`${loadPath}: expected a sustained load, found none. Run \`make load\` again.`);
  const median = (name: string) => {
    const row = rows.find(({ metric }) => metric === name);
    if (!row) throw new Error(`${path}: expected a row ${name}, found none. Run \`make bench-app\` again.`);
    return row.app.median;
  };
  const connectionBytes = median("memoryPerConnection");
  return {
    messageUs: sustained.cpuPerMessageUs,
    handshakeUs: median("cpuPerHandshakeUs"),
    connectionBytes,
    baseBytes: image.peakMiB * MIB - image.connections * connectionBytes,
    bootSec: image.bootSec,
    tasks: task.count,
    machine: `${machine.cpu}, ${machine.cores} shared cores`,
  };
}

/** Reads a committed run. @throws Error when it is missing */
export function readRun<T>(path: string, command: string): T {
  if (!existsSync(path)) throw new Error(`${path}: expected the committed run of \`${command}\`, found none.`);
  return JSON.parse(readFileSync(path, "utf8")) as T;
}
