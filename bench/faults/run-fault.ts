import { loadavg } from "node:os";
import { type Image } from "../../tools/twin/tasks/image";
import { startTwin } from "../../tools/twin/start-twin";
import { type Twin } from "../../tools/twin/twin";
import { type Topology } from "../../tools/twin/topology/topology";
import { type ClientModule } from "./app-packages";
import { audit, isClean } from "./audit/audit";
import { Crowd } from "./crowd/crowd";
import { createPeople } from "./crowd/people";
import { type CrowdSize, type Fault } from "./fault";
import { bucketsOf, deliveriesOf, percentilesOf } from "./audit/latency";
import { type Outcome } from "./audit/outcome";
import { Stage } from "./stage";
import { readStoredMessages } from "./audit/stored-messages";

export interface FaultSetup {
  readonly topology: Topology;
  readonly image: Image;
  readonly client: ClientModule;
}

/** Clients of a fault that does not set its own number. */
export const CROWD: CrowdSize = { visitors: 8, agents: 4, ratePerSec: 24 };
const BEFORE_SEC = 4;
const AFTER_SEC = 4;
/** Longer than the clients' backoffs together, but shorter than the interval of the periodic sync, which must not hide a loss. */
const SETTLE_MS = 40_000;
const BUCKET_MS = 500;

/** Starts a twin, runs one fault while clients write, and audits the messages. */
export async function runFault(fault: Fault, ground: FaultSetup): Promise<Outcome> {
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
  const crowd = new Crowd(twin, await createPeople(twin, size), client);
  stage.enter(crowd);
  try {
    await crowd.start();
    crowd.startWriting(size.ratePerSec);
    await stage.wait(BEFORE_SEC);
    const begin = crowd.journal.now();
    const problem = await waitForProblem(fault.act(stage));
    const end = crowd.journal.now();
    await stage.wait(AFTER_SEC);
    await crowd.stopWriting();
    await crowd.untilSettled(SETTLE_MS);
    await waitForDatabase(twin);
    return { ...(await judge(fault, stage, { begin, end }, problem)), loadBefore };
  } finally {
    crowd.stop();
  }
}

/** Waits until the database is up, because the audit queries it directly. */
async function waitForDatabase(twin: Twin): Promise<void> {
  await twin.until(({ servers }) => servers.database === "up");
}

/** Returns why a fault failed, such as a service that did not behave as the fault requires. */
function waitForProblem(act: Promise<void>): Promise<string | undefined> {
  return act.then(
    () => undefined,
    // Keep the first line only: a long status may follow.
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
  const findings = audit(attempts, await readStoredMessages(twin), crowd.screens());
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
