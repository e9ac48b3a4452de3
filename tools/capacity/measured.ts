import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** What the app costs, from the committed run of its benchmark. */
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
const MIB = 1024 * 1024;
const TASKS_IN_BENCHMARK = 2;

interface Baseline {
  readonly machine: { readonly cpu: string; readonly cores: number };
  readonly rows: readonly { readonly metric: string; readonly app: { readonly median: number } }[];
  readonly image: { readonly connections: number; readonly peakMiB: number; readonly bootSec: number };
}

/** @throws Error when the run is missing, or a figure of it */
export function readMeasured(path: string = BASELINE): Measured {
  if (!existsSync(path)) throw new Error(`${path}: expected the committed run of \`make bench-app\`, found none.`);
  const { machine, rows, image } = JSON.parse(readFileSync(path, "utf8")) as Baseline;
  const median = (name: string) => {
    const row = rows.find(({ metric }) => metric === name);
    if (!row) throw new Error(`${path}: expected a row ${name}, found none. Run \`make bench-app\` again.`);
    return row.app.median;
  };
  const connectionBytes = median("memoryPerConnection");
  return {
    messageUs: median("cpuPerMessageUs"),
    handshakeUs: median("cpuPerHandshakeUs"),
    connectionBytes,
    baseBytes: image.peakMiB * MIB - image.connections * connectionBytes,
    bootSec: image.bootSec,
    tasks: TASKS_IN_BENCHMARK,
    machine: `${machine.cpu}, ${machine.cores} shared cores`,
  };
}
