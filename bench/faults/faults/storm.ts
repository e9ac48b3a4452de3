import { setTimeout as wait } from "node:timers/promises";
import { profiles } from "../../../environments/profiles";
import { Idlers } from "../crowd/idlers";
import { type Fault } from "../fault";
import { type Stage } from "../stage";

const STANDARD = profiles.standard.service;
const STORM_CLIENTS = 2000;
const THOUSAND = 1000;
const PATIENCE_SEC = 120;
/** From the kill until everybody is connected again. */
const BACK_MS = 5000;

/** How long it takes until all of them are back, of which the task had its share. @throws Error when some do not come back */
async function killUnder(stage: Stage, count: number): Promise<number> {
  const idlers = await Idlers.come(count, (index) => stage.crowd.doorway(index));
  try {
    const task = stage.task(0);
    const start = performance.now();
    stage.signal(task, "SIGKILL");
    await untilSomeAreAway(idlers);
    while (idlers.away > 0 && performance.now() - start < PATIENCE_SEC * 1000) await wait(20);
    const tookMs = performance.now() - start;
    if (idlers.away > 0) throw new Error(`${idlers.away} of ${count} did not come back within ${PATIENCE_SEC} s`);
    await stage.untilGone(task);
    return tookMs;
  } finally {
    idlers.leave();
  }
}

async function timeAThousand(stage: Stage): Promise<void> {
  const gotMs = await killUnder(stage, THOUSAND);
  stage.measured({ what: `all of ${THOUSAND} clients are back after a SIGKILL`, gotMs, atMostMs: BACK_MS });
}

async function untilSomeAreAway(idlers: Idlers): Promise<void> {
  const end = performance.now() + PATIENCE_SEC * 1000;
  while (idlers.away === 0 && performance.now() < end) await wait(5);
  if (idlers.away === 0) throw new Error("a task was killed, and none of its clients noticed");
}

/** Everybody at once. */
export const stormFaults: readonly Fault[] = [
  {
    name: "reconnect-storm",
    what: `${STORM_CLIENTS} more clients are connected; one of two tasks is killed, and its half of them comes back at once`,
    act: async (stage) => {
      await killUnder(stage, STORM_CLIENTS);
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
