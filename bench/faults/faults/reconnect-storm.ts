import { setTimeout as wait } from "node:timers/promises";
import { profiles } from "../../../environments/profiles";
import { IdleClients } from "../crowd/idle-clients";
import { type Fault } from "../fault";
import { type Stage } from "../stage";

const STANDARD = profiles.standard.service;
const STORM_CLIENTS = 2000;
const THOUSAND = 1000;
const TIMEOUT_SEC = 120;
/** Target time from the kill until all clients are connected again. */
const RECONNECT_TARGET_MS = 5000;

/** Kills a task with connected clients and returns the milliseconds until all are connected again. @throws Error if some are not */
async function killTaskWithClients(stage: Stage, count: number): Promise<number> {
  const idleClients = await IdleClients.connect(count, (index) => stage.crowd.httpClient(index));
  try {
    const task = stage.task(0);
    const start = performance.now();
    stage.signal(task, "SIGKILL");
    await untilSomeAreDisconnected(idleClients);
    while (idleClients.away > 0 && performance.now() - start < TIMEOUT_SEC * 1000) await wait(20);
    const tookMs = performance.now() - start;
    if (idleClients.away > 0)
      throw new Error(`${idleClients.away} of ${count} did not reconnect within ${TIMEOUT_SEC} s`);
    await stage.untilGone(task);
    return tookMs;
  } finally {
    idleClients.disconnect();
  }
}

async function timeAThousand(stage: Stage): Promise<void> {
  const gotMs = await killTaskWithClients(stage, THOUSAND);
  stage.measured({ what: `all of ${THOUSAND} clients are back after a SIGKILL`, gotMs, atMostMs: RECONNECT_TARGET_MS });
}

async function untilSomeAreDisconnected(idleClients: IdleClients): Promise<void> {
  const end = performance.now() + TIMEOUT_SEC * 1000;
  while (idleClients.away === 0 && performance.now() < end) await wait(5);
  if (idleClients.away === 0) throw new Error("a task was killed, but no client lost its connection");
}

/** Faults that make many clients reconnect at once. */
export const stormFaults: readonly Fault[] = [
  {
    name: "reconnect-storm",
    what: `${STORM_CLIENTS} more clients are connected; one of two tasks is killed, and its half of them reconnects at once`,
    act: async (stage) => {
      await killTaskWithClients(stage, STORM_CLIENTS);
    },
  },
  { name: "task-killed-under-1000", what: `the same with ${THOUSAND} clients, timed`, act: timeAThousand },
  {
    name: "large-task-killed-under-1000",
    what: `the same with tasks of the profile standard, ${STANDARD.cpu / 1024} vCPU`,
    task: { cpu: STANDARD.cpu, memoryMiB: STANDARD.memoryMiB },
    act: timeAThousand,
  },
];
