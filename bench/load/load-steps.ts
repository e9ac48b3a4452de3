import { type Twin } from "../../tools/twin/twin";
import { type ConnectResult, type SendResult } from "./commands";
import { type GeneratorProcess } from "./generator-process";
import { type Trial } from "./knee";
import { MAX_ACK_P99_MS } from "./targets";
import { type Usage, usageDuring } from "./usage";

/** Result of opening connections and holding them. */
export interface ConnectionStep extends ConnectResult {
  /** Usage while the connections are idle. */
  readonly held: Usage;
}

export interface MessageStep extends Trial, SendResult {
  readonly seconds: number;
  readonly usage: Usage;
  /** CPU time of all tasks per message, including heartbeats of the open connections. */
  readonly cpuPerMessageUs: number;
}

/** Concurrent handshakes, about as many as a load balancer sees when clients reconnect with jitter. */
export const AT_ONCE = 20;
/** Longer than one heartbeat, so that each step includes heartbeats. */
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
    () => generator.sendMessages(ratePerSec, seconds),
    ({ elapsedSec }) => elapsedSec,
  );
  const keptUp = result.acknowledged === result.sent && result.ack.p99Ms <= MAX_ACK_P99_MS;
  const cpuSec = usage.tasks.reduce((sum, { cpu }) => sum + cpu, 0) * result.elapsedSec;
  return { ratePerSec, seconds, keptUp, ...result, usage, cpuPerMessageUs: (cpuSec * 1e6) / result.sent };
}
