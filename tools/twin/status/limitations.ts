import { PacketFilter } from "../network/packet-filter";
import { type HostedTask } from "../tasks/task-host";

/** Returns what does not work on this machine: limits without control groups, partitions without root. */
export function limitationsOf(tasks: readonly HostedTask[]): string[] {
  const obstacle = PacketFilter.obstacle();
  const unlimited = new Set(tasks.flatMap(({ unlimitedBecause }) => unlimitedBecause ?? []));
  return [
    ...[...unlimited].map((reason) => `CPU and memory of tasks are not limited: ${reason}`),
    ...(obstacle ? [obstacle] : []),
  ];
}
