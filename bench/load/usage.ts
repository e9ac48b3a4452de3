import { cpus } from "node:os";
import { type Twin } from "../../tools/twin/twin";

/** What one task used over a while. */
export interface TaskUsage {
  readonly task: string;
  /** CPU seconds a second. */
  readonly cpu: number;
  /** Resident at the end, in MiB. */
  readonly memoryMiB: number;
}

export interface Usage {
  readonly tasks: readonly TaskUsage[];
  /** Share of the machine's cores that did something, for whomever, 0 to 1. */
  readonly machine: number;
}

/**
 * Looks at the tasks and the machine around some work.
 * @param secondsOf how long the tasks had to do with it; @default from its beginning to its end
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
