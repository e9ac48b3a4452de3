import { type Topology } from "../../tools/twin/topology/topology";

export interface ShortTimes {
  /** @default 10 */
  readonly gracePeriodSec?: number;
  /** @default 5 */
  readonly stopTimeoutSec?: number;
}

/** Gives an applied topology seconds in place of the minutes that AWS would wait. */
export function withShortTimes(
  topology: Topology,
  { gracePeriodSec = 10, stopTimeoutSec = 5 }: ShortTimes = {},
): Topology {
  const { targetGroup, service, task } = topology;
  const often = { intervalSec: 1, timeoutSec: 3, healthyThreshold: 2, unhealthyThreshold: 2 };
  return {
    ...topology,
    targetGroup: { ...targetGroup, deregistrationDelaySec: 2, healthCheck: { ...targetGroup.healthCheck, ...often } },
    service: { ...service, gracePeriodSec },
    task: { ...task, containers: task.containers.map((container) => ({ ...container, stopTimeoutSec })) },
  };
}
