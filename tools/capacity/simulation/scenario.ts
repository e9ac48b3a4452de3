import { TASK } from "../classes";
import { LIMITS, PROVISION_SEC } from "../limits";
import { type Measured } from "../measured";
import { type Size } from "../size";

/** A cell as the simulation sees it. CPU in core seconds. */
export interface Fleet {
  readonly connections: number;
  readonly tasks: number;
  readonly zones: number;
  /** Connections a task that the autoscaler aims at. */
  readonly targetPerTask: number;
  readonly messagesPerSec: number;
  /** Of a message, wherever its people are. */
  readonly sharedCpu: number;
  /** Of a message, on each task. */
  readonly foreignCpu: number;
  readonly handshakeCpu: number;
  /** Clients that the database brings up to date in a second. */
  readonly catchUpsPerSec: number;
  /** Seconds from the decision to a task that boots and is registered. */
  readonly startSec: number;
  readonly drainSec: number;
  readonly launchesPerSec: number;
}

/** What happens a minute after the start. */
export type Happening =
  | { readonly kind: "storm" }
  | { readonly kind: "zone lost" }
  | { readonly kind: "deploy" }
  | { readonly kind: "surge"; readonly factor: number; readonly overSec: number };

export const HAPPENINGS: readonly (readonly [title: string, what: string, happening: Happening])[] = [
  ["reconnect storm", "every socket is cut at once", { kind: "storm" }],
  ["zone lost", "a third of the tasks is gone, and clients notice by their heartbeat", { kind: "zone lost" }],
  ["deploy", "all tasks are replaced, old ones drain", { kind: "deploy" }],
  ["surge", "twice the people within five minutes", { kind: "surge", factor: 2, overSec: 300 }],
];

const US_PER_SEC = 1_000_000;
/** Seconds that the app takes to hand its sockets over. Source: contract, container.drain.shutdownSec. */
const DRAIN_SEC = 60;
/** Launches a second of one account, on demand. Source: AWS Fargate throttling quotas, refill rate. */
const ACCOUNT_LAUNCHES_PER_SEC = 20;

/** One of the cells of a size; launches are shared by all of them, since what happens to one may happen to all. */
export function fleetOf({ cells, cell }: Size, measured: Measured): Fleet {
  const { demand, tasks } = cell;
  return {
    connections: demand.connections,
    tasks,
    zones: 3,
    targetPerTask: TASK.connections,
    messagesPerSec: demand.connections * demand.messagesPerConnection,
    sharedCpu: (measured.messageUs - measured.tasks * LIMITS.taskUsPerForeignMessage.value) / US_PER_SEC,
    foreignCpu: LIMITS.taskUsPerForeignMessage.value / US_PER_SEC,
    handshakeCpu: measured.handshakeUs / US_PER_SEC,
    catchUpsPerSec:
      cell.database.vcpu * LIMITS.databaseWritesPerVcpu.value - demand.connections * demand.messagesPerConnection,
    startSec: Math.ceil(PROVISION_SEC.value + measured.bootSec),
    drainSec: DRAIN_SEC,
    launchesPerSec: Math.min(LIMITS.taskLaunchesPerMinute.value / 60, ACCOUNT_LAUNCHES_PER_SEC / cells),
  };
}
