import { CACHE_CONNECTIONS_PER_TASK, DATABASE_CLASSES, type DatabaseClass, TASK } from "./classes";
import { type Demand } from "./demand";
import { LIMITS } from "./limits";
import { type Measured } from "./measured";

/** One limit and the share of it in use; above 1 it is exceeded. */
export interface Use {
  readonly limit: string;
  readonly used: number;
  /** What to change when it is reached. */
  readonly lift: string;
}

/** One cell: a load balancer, a service, a cache and a database, independent of other cells. */
export interface Cell {
  readonly demand: Demand;
  readonly tasks: number;
  readonly database: DatabaseClass;
  /** Of one cache node: the app has one channel for all conversations, so that one shard carries everything. */
  readonly uses: readonly Use[];
}

/** The cells for a demand. */
export interface Size {
  readonly demand: Demand;
  readonly cells: number;
  readonly cell: Cell;
}

const US_PER_SEC = 1_000_000;
/** A rolling deployment runs the old and the new tasks at the same time. */
const DEPLOY_FACTOR = 2;
/** Minimum of a fleet, so that the loss of one of three zones does not overload the others. */
const LEAST_TASKS = 2;
/** A number of tasks above every limit, for a demand that no number can serve. */
const TOO_MANY_TASKS = 1_000_000;

/** Returns the CPU seconds a second that a task has left after inspecting every message of the fleet; may be zero or less. */
function spareCpu(messagesPerSec: number): number {
  return LIMITS.usableCpu.value - (messagesPerSec * LIMITS.taskUsPerForeignMessage.value) / US_PER_SEC;
}

/** Returns the tasks needed for the connections and the work. */
export function tasksFor(demand: Demand, measured: Measured): number {
  const { connections } = demand;
  const messagesPerSec = connections * demand.messagesPerConnection;
  // The measurement includes inspection by each of its tasks; the rest of the work is divided over all tasks.
  const shared = measured.messageUs - measured.tasks * LIMITS.taskUsPerForeignMessage.value;
  const work =
    (messagesPerSec * shared + connections * demand.handshakesPerConnection * measured.handshakeUs) / US_PER_SEC;
  const spare = spareCpu(messagesPerSec);
  const forWork = spare <= 0 ? TOO_MANY_TASKS : Math.ceil(work / spare);
  const memory = TASK.memoryGb * 1024 ** 3 * 0.8 - measured.baseBytes;
  const perTask = Math.min(TASK.connections, Math.floor(memory / measured.connectionBytes));
  return Math.max(LEAST_TASKS, Math.ceil(connections / perTask), Math.min(TOO_MANY_TASKS, forWork));
}

/** Returns the smallest class for the connections during a deployment and the writes; the largest when none is enough. */
function databaseFor(tasks: number, messagesPerSec: number): DatabaseClass {
  const fits = (candidate: DatabaseClass) =>
    databaseConnectionUse(candidate, tasks) <= 1 && databaseWriteUse(candidate, messagesPerSec) <= 1;
  return DATABASE_CLASSES.find(fits) ?? DATABASE_CLASSES.at(-1)!;
}

function databaseConnectionUse({ memoryBytes }: DatabaseClass, tasks: number): number {
  const most = Math.min(memoryBytes / LIMITS.databaseConnectionBytes.value, LIMITS.databaseConnections.value);
  return (tasks * DEPLOY_FACTOR * TASK.databaseConnections) / most;
}

function databaseWriteUse({ vcpu }: DatabaseClass, messagesPerSec: number): number {
  return messagesPerSec / (vcpu * LIMITS.databaseWritesPerVcpu.value * LIMITS.usableCpu.value);
}

/** Sizes one cell for the whole demand, with the use of each limit. */
export function cellFor(demand: Demand, measured: Measured): Cell {
  const tasks = tasksFor(demand, measured);
  const messagesPerSec = demand.connections * demand.messagesPerConnection;
  const database = databaseFor(tasks, messagesPerSec);
  const redisUs = LIMITS.redisUsPerPublish.value + tasks * LIMITS.redisUsPerSubscriber.value;
  const looks = (messagesPerSec * LIMITS.taskUsPerForeignMessage.value) / US_PER_SEC;
  const lift = {
    cells: "cells: customers divided over fleets that do not talk to each other",
    channels: "a channel for each conversation instead of one for all, then cells",
    proxy: "fewer connections a task (DATABASE_CONNECTIONS), or RDS Proxy",
    quota: "ask AWS for more, or a second load balancer",
  };
  const uses: Use[] = [
    {
      limit: "Redis's one thread",
      used: (messagesPerSec * redisUs) / US_PER_SEC / LIMITS.usableCpu.value,
      lift: lift.channels,
    },
    {
      limit: "network of the cache node",
      used: (messagesPerSec * demand.messageBytes * tasks) / LIMITS.cacheBytesPerSec.value,
      lift: lift.channels,
    },
    { limit: "every task looks at every message", used: looks / LIMITS.usableCpu.value, lift: lift.channels },
    { limit: "connections to the database", used: databaseConnectionUse(database, tasks), lift: lift.proxy },
    { limit: "writes of the database", used: databaseWriteUse(database, messagesPerSec), lift: lift.cells },
    {
      limit: "targets of a load balancer, in a deploy",
      used: (tasks * DEPLOY_FACTOR) / LIMITS.targetsPerLoadBalancer.value,
      lift: lift.quota,
    },
    { limit: "tasks of a service", used: tasks / LIMITS.tasksPerService.value, lift: lift.cells },
    {
      limit: "connections to a cache node, in a deploy",
      used: (tasks * DEPLOY_FACTOR * CACHE_CONNECTIONS_PER_TASK) / LIMITS.cacheConnections.value,
      lift: lift.cells,
    },
  ];
  return { demand, tasks, database, uses: [...uses].sort((a, b) => b.used - a.used) };
}

export function holds({ uses }: Cell): boolean {
  return uses.every(({ used }) => used <= 1);
}

/** Returns the fewest equal cells for a demand. Use grows faster than demand, so a smaller cell is always further from its limits. */
export function sizeFor(demand: Demand, measured: Measured): Size {
  const cellOf = (cells: number) =>
    cellFor({ ...demand, connections: Math.ceil(demand.connections / cells) }, measured);
  let most = 1;
  while (!holds(cellOf(most))) most *= 2;
  let least = Math.floor(most / 2) + 1;
  while (least < most) {
    const middle = Math.floor((least + most) / 2);
    if (holds(cellOf(middle))) most = middle;
    else least = middle + 1;
  }
  return { demand, cells: most, cell: cellOf(most) };
}

/** A limit and the most connections of one cell below it. */
export interface Reach {
  readonly limit: string;
  readonly connections: number;
  readonly lift: string;
}

/** Upper bound of the search. */
const MOST_CONNECTIONS = 1e10;

/** Lists every limit with the most connections of a single cell below it, in the order in which they are reached. */
export function limitsInOrder(rates: Omit<Demand, "connections">, measured: Measured): Reach[] {
  const useAt = (connections: number, limit: string) =>
    cellFor({ ...rates, connections }, measured).uses.find((use) => use.limit === limit)!;
  const limits = cellFor({ ...rates, connections: 1 }, measured).uses.map(({ limit }) => limit);
  const reaches = limits.map((limit): Reach => {
    let least = 1;
    let most = MOST_CONNECTIONS;
    while (most - least > 1) {
      const middle = Math.floor((least + most) / 2);
      if (useAt(middle, limit).used <= 1) least = middle;
      else most = middle;
    }
    return { limit, connections: least, lift: useAt(1, limit).lift };
  });
  return reaches.sort((a, b) => a.connections - b.connections);
}
