import { TASK } from "../classes";
import { LIMITS, PROVISION_SEC } from "../limits";
import { type Measured } from "../measured";
import { type Size } from "../size";

/** The parameters of a simulated cell. CPU in core seconds. */
export interface Fleet {
  readonly connections: number;
  readonly tasks: number;
  readonly zones: number;
  /** The autoscaler's target of connections per task. */
  readonly targetPerTask: number;
  readonly messagesPerSec: number;
  /** CPU of a message on the tasks of its sender and receivers. */
  readonly sharedCpu: number;
  /** CPU of a message on every task. */
  readonly foreignCpu: number;
  readonly handshakeCpu: number;
  /** Clients that the database catches up a second. */
  readonly catchUpsPerSec: number;
  /** Seconds from the decision until a task has booted and is registered. */
  readonly startSec: number;
  readonly drainSec: number;
  readonly launchesPerSec: number;
}

/** The event one minute after the start. */
export type Happening =
  | { readonly kind: "storm" }
  | { readonly kind: "zone lost" }
  | { readonly kind: "deploy" }
  | { readonly kind: "surge"; readonly factor: number; readonly overSec: number };

export const EVENTS: readonly (readonly [title: string, what: string, happening: Happening])[] = [
  ["reconnect storm", "every socket is cut at once", { kind: "storm" }],
  ["zone lost", "a third of the tasks is gone, and clients notice by their heartbeat", { kind: "zone lost" }],
  ["deploy", "all tasks are replaced, old ones drain", { kind: "deploy" }],
  ["surge", "twice the people within five minutes", { kind: "surge", factor: 2, overSec: 300 }],
];

const US_PER_SEC = 1_000_000;
/** Seconds that the app takes to close its connections while it drains. Source: contract, container.drain.shutdownSec. */
const DRAIN_SEC = 60;
/** On-demand task launches a second of one account. Source: AWS Fargate throttling quotas, refill rate. */
const ACCOUNT_LAUNCHES_PER_SEC = 20;

/** Returns one cell of a size. The launch rate is divided over all cells, since an event may affect all at once. */
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
