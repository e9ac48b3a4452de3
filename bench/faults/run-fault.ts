import { loadavg } from "node:os";
import { type Image } from "../../tools/twin/tasks/image";
import { startTwin } from "../../tools/twin/start-twin";
import { type Twin } from "../../tools/twin/twin";
import { type Topology } from "../../tools/twin/topology/topology";
import { type ClientModule } from "./app-packages";
import { audit, isClean } from "./audit";
import { Crowd } from "./crowd/crowd";
import { gather } from "./crowd/people";
import { type CrowdSize, type Fault } from "./fault";
import { bucketsOf, deliveriesOf, percentilesOf } from "./latency";
import { type Outcome } from "./outcome";
import { Stage } from "./stage";
import { readStored } from "./stored";

export interface Ground {
  readonly topology: Topology;
  readonly image: Image;
  readonly client: ClientModule;
}

/** People with the app's own client, where a fault asks for no other number. */
export const CROWD: CrowdSize = { visitors: 8, agents: 4, ratePerSec: 24 };
const CALM_SEC = 4;
const AFTER_SEC = 4;
/** Backoffs of the clients add up to less, and what no hint told of would be found by a sync later than this. */
const SETTLE_MS = 40_000;
const BUCKET_MS = 500;

/** One fault on a twin of its own, with people who talk through it, and what the audit finds. */
export async function runFault(fault: Fault, ground: Ground): Promise<Outcome> {
  const image = fault.image?.(ground.image) ?? ground.image;
  const topology = { ...ground.topology, task: { ...ground.topology.task, ...fault.task } };
  const twin = await startTwin({ topology, image });
  try {
    return await play(fault, new Stage(twin, ground.image), ground.client);
  } finally {
    await twin.stop();
    await fault.afterwards?.();
  }
}

async function play(fault: Fault, stage: Stage, client: ClientModule): Promise<Outcome> {
  const { twin } = stage;
  const [loadBefore = 0] = loadavg();
  await twin.untilSteady();
  await fault.prepare?.(stage);
  const size = fault.crowd ?? CROWD;
  const crowd = new Crowd(twin, await gather(twin, size), client);
  stage.enter(crowd);
  try {
    await crowd.start();
    crowd.talk(size.ratePerSec);
    await stage.wait(CALM_SEC);
    const begin = crowd.journal.now();
    const problem = await problemOf(fault.act(stage));
    const end = crowd.journal.now();
    await stage.wait(AFTER_SEC);
    await crowd.hush();
    await crowd.untilSettled(SETTLE_MS);
    await reachable(twin);
    return { ...(await judge(fault, stage, { begin, end }, problem)), loadBefore };
  } finally {
    crowd.stop();
  }
}

/** The audit asks the database itself, which a fault may have left out of breath. */
async function reachable(twin: Twin): Promise<void> {
  await twin.until(({ servers }) => servers.database === "up");
}

/** A fault that could not be brought about or put right, or a service that did not do what the fault asks of it. */
function problemOf(act: Promise<void>): Promise<string | undefined> {
  return act.then(
    () => undefined,
    // The first line says what; a status may follow, which no table has room for.
    (error: unknown) => (error instanceof Error ? error.message : String(error)).split(/:? ?[\n{]/)[0],
  );
}

async function judge(
  fault: Fault,
  stage: Stage,
  faultMs: Outcome["faultMs"],
  problem: string | undefined,
): Promise<Omit<Outcome, "loadBefore">> {
  const { crowd, twin, deaths } = stage;
  const attempts = [...crowd.journal.attempts.values()];
  const findings = audit(attempts, await readStored(twin), crowd.screens());
  const deliveries = deliveriesOf(attempts);
  const shown = attempts
    .filter(({ writtenMs }) => writtenMs <= faultMs.end)
    .flatMap(({ shownMs }) => [...shownMs.values()]);
  const { away } = crowd;
  return {
    fault: fault.name,
    what: fault.what,
    written: attempts.length,
    acknowledged: attempts.filter(({ ackedMs }) => ackedMs !== undefined).length,
    lost: findings.lost.length,
    duplicated: findings.duplicated.length,
    recovered: attempts.filter(({ tries, ackedMs }) => tries > 1 && ackedMs !== undefined).length,
    before: percentilesOf(deliveries.filter(({ atMs }) => atMs < faultMs.begin)),
    delivery: percentilesOf(deliveries),
    recoveryMs: Math.max(0, crowd.allOnlineMs - faultMs.end, ...shown.map((at) => at - faultMs.end)),
    faultMs,
    findings,
    away,
    deaths,
    ...(problem === undefined ? {} : { problem }),
    ...(stage.figures.length > 0 && { figures: stage.figures }),
    clean: problem === undefined && isClean(findings) && away === 0 && (fault.deadly === true || deaths.length === 0),
    timeline: bucketsOf(deliveries, BUCKET_MS),
  };
}
