import { type Twin } from "../../tools/twin/twin";
import { type Connected, type Talked } from "./commands";
import { type GeneratorProcess } from "./generator-process";
import { type Trial } from "./knee";
import { MOST_ACK_P99_MS } from "./targets";
import { type Usage, usageDuring } from "./usage";

/** Connections that were opened and then held. */
export interface ConnectionStep extends Connected {
  /** While nobody says anything. */
  readonly held: Usage;
}

export interface MessageStep extends Trial, Talked {
  readonly seconds: number;
  readonly usage: Usage;
  /** Of all tasks together, the heartbeats of the open connections included. */
  readonly cpuPerMessageUs: number;
}

/** Handshakes under way at once: as many as a load balancer sees of a crowd whose clients wait at random. */
export const AT_ONCE = 20;
/** Longer than one heartbeat, so that each step has its share of them. */
const HOLD_MS = 30_000;

export async function connectionStep(
  twin: Twin,
  generator: GeneratorProcess,
  count: number,
  holdMs = HOLD_MS,
): Promise<ConnectionStep> {
  const connected = await generator.connect(count, AT_ONCE);
  const { usage } = await usageDuring(twin, () => new Promise((done) => setTimeout(done, holdMs)));
  return { ...connected, held: usage };
}

export async function messageStep(
  twin: Twin,
  generator: GeneratorProcess,
  ratePerSec: number,
  seconds: number,
): Promise<MessageStep> {
  const { result, usage } = await usageDuring(
    twin,
    () => generator.talk(ratePerSec, seconds),
    ({ elapsedSec }) => elapsedSec,
  );
  const keptUp = result.acknowledged === result.sent && result.ack.p99Ms <= MOST_ACK_P99_MS;
  const cpuSec = usage.tasks.reduce((sum, { cpu }) => sum + cpu, 0) * result.elapsedSec;
  return { ratePerSec, seconds, keptUp, ...result, usage, cpuPerMessageUs: (cpuSec * 1e6) / result.sent };
}
