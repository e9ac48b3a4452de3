import { cpus } from "node:os";
import { type Twin } from "../../tools/twin/twin";

/** Resources that one task used during a measurement. */
export interface TaskUsage {
  readonly task: string;
  /** CPU seconds per second. */
  readonly cpu: number;
  /** Resident memory at the end in MiB. */
  readonly memoryMiB: number;
}

export interface Usage {
  readonly tasks: readonly TaskUsage[];
  /** Utilization of the machine's cores by all processes, 0 to 1. */
  readonly machine: number;
}

/**
 * Measures the usage of tasks and machine during some work.
 * @param secondsOf seconds that the tasks worked; @default the duration of `work`
 */
export async function usageDuring<R>(
  twin: Twin,
  work: () => Promise<R>,
  secondsOf?: (result: R) => number,
): Promise<{ readonly result: R; readonly usage: Usage }> {
  const before = new Map(twin.tasks().map(({ id, cpuSec }) => [id, cpuSec]));
  const machineBefore = machineTimes();
  const start = performance.now();
  const result = await work();
  const seconds = secondsOf?.(result) ?? (performance.now() - start) / 1000;
  const machineAfter = machineTimes();
  const tasks = twin
    .tasks()
    .map(({ id, cpuSec, memoryMiB }) => ({ task: id, cpu: (cpuSec - (before.get(id) ?? 0)) / seconds, memoryMiB }));
  const busy = machineAfter.busy - machineBefore.busy;
  return { result, usage: { tasks, machine: busy / (busy + machineAfter.idle - machineBefore.idle) } };
}

function machineTimes(): { readonly busy: number; readonly idle: number } {
  let busy = 0;
  let idle = 0;
  for (const { times } of cpus()) {
    busy += times.user + times.nice + times.sys + times.irq;
    idle += times.idle;
  }
  return { busy, idle };
}
