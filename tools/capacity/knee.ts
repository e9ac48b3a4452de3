import { LOAD_BASELINE, type Measured, readRun } from "./measured";

/** A load test of the app on tasks of a stated size. */
export interface LoadTest {
  /** The highest rate, in messages a second, that the tasks sustained. */
  readonly kneePerSec: number;
  /** CPU units of one task, 1024 = 1 vCPU. */
  readonly cpu: number;
  readonly tasks: number;
  readonly connections: number;
  /** The resource that ran out above that rate. */
  readonly limit: string;
}

/** CPU units of one core. */
const UNITS = 1024;
const US_PER_SEC = 1_000_000;

interface Baseline {
  readonly task: { readonly cpu: number; readonly count: number };
  readonly connections: readonly { readonly connections: number }[];
  readonly knee?: { readonly ratePerSec: number };
  readonly limit: string;
}

/** Reads a committed load test. @throws Error when it is missing or has no knee */
export function readLoadTest(path: string = LOAD_BASELINE): LoadTest {
  const { task, connections, knee, limit } = readRun<Baseline>(path, "make load");
  if (knee === undefined)
    throw new Error(`${path}: expected a knee, found none. Run \`make load ARGS=--baseline\` again.`);
  const open = connections.at(-1)?.connections ?? 0;
  return { kneePerSec: knee.ratePerSec, cpu: task.cpu, tasks: task.count, connections: open, limit };
}

/** Returns the rate, in messages a second, at which the model's tasks run out of CPU, without reserve for peaks. */
export function predictedKnee({ messageUs }: Measured, { cpu, tasks }: LoadTest): number {
  return (tasks * (cpu / UNITS) * US_PER_SEC) / messageUs;
}
