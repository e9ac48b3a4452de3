import { type Image } from "../../tools/twin/tasks/image";
import { startTwin } from "../../tools/twin/start-twin";
import { type Twin } from "../../tools/twin/twin";
import { lettersAndDigits } from "../../tools/twin/data/secrets";
import { MEMBERS, seed } from "../shared/people";
import { databaseOf, topology } from "../shared/topology";
import { GeneratorProcess } from "./generator-process";
import { findKnee } from "./knee";
import { AT_ONCE, type ConnectionStep, connectionStep, type MessageStep, messageStep } from "./load-steps";

export interface LoadPlan {
  /** Connections to open and hold, step by step. Messages are sent while those of the last step are open. */
  readonly connections: readonly number[];
  /** Further connection steps after the messages, beyond what the tasks are sized for. */
  readonly beyond: readonly number[];
  readonly holdMs: number;
  /** Seconds of messages that warm up the tasks before the measurement. */
  readonly warmUpSec: number;
  /** First rate in messages per second. */
  readonly from: number;
  readonly trialSec: number;
  readonly halvings: number;
  /** Seconds for which the service must sustain `SUSTAINED` of its knee. */
  readonly sustainedSec: number;
}

export interface Result {
  readonly task: { readonly cpu: number; readonly memoryMiB: number; readonly count: number };
  readonly connections: readonly ConnectionStep[];
  readonly trials: readonly MessageStep[];
  readonly knee: MessageStep | undefined;
  /** The resource that was exhausted at the lowest rate that was too high. */
  readonly limit: "CPU of the tasks" | "the machine that runs all of this" | "neither" | "not reached";
  readonly sustained: MessageStep | undefined;
  readonly beyond: readonly ConnectionStep[];
  /** Messages that were acknowledged but are not in PostgreSQL. Stored but unacknowledged ones do not count. */
  readonly lost: number;
}

/** Share of the knee to sustain, the same as the autoscaling target's share of a task's CPU. */
export const SUSTAINED = 0.7;
const STEP_FACTOR = 1.5;
const WARM_UP_PER_SEC = 200;
/** Above this rate the generator, on the same machine, would be the limit. */
const MAX_PER_SEC = 3000;
/** Utilization from which a resource counts as exhausted. */
const SATURATED = 0.9;
const CPU_UNITS_PER_CORE = 1024;

/** Starts a twin and measures connections, the knee, a sustained rate and connections beyond the tasks' size. */
export async function measure(image: Image, plan: LoadPlan, log: (line: string) => void): Promise<Result> {
  const ticketSecret = lettersAndDigits(48);
  const arn = ticketSecretArn();
  const twin = await startTwin({ topology, image, secrets: { [arn]: ticketSecret } });
  let generator: GeneratorProcess | undefined;
  try {
    await twin.untilSteady();
    const { limitations } = twin.status();
    if (limitations.length > 0)
      throw new Error(`tasks need their real CPU and memory limits (control groups): ${limitations.join("; ")}`);
    await twin.database.sql(seed(), databaseOf(twin));
    generator = await GeneratorProcess.start({ urls: twin.clientUrls, origin: twin.url, ticketSecret });
    return await play(twin, generator, plan, log);
  } finally {
    generator?.end();
    await twin.stop();
  }
}

async function play(
  twin: Twin,
  generator: GeneratorProcess,
  plan: LoadPlan,
  log: (line: string) => void,
): Promise<Result> {
  const holdSteps = async (counts: readonly number[]): Promise<ConnectionStep[]> => {
    const steps: ConnectionStep[] = [];
    for (const count of counts) {
      const step = await connectionStep(twin, generator, count, plan.holdMs);
      log(
        `${step.connections} connections: handshake p50 ${ms(step.handshake.p50Ms)}, p99 ${ms(step.handshake.p99Ms)}`,
      );
      steps.push(step);
    }
    return steps;
  };
  const allConnections = plan.connections.at(-1)!;
  const sendMessages = async (rate: number, seconds: number): Promise<MessageStep> => {
    // Reconnect clients that lost their connection in a step with too high a rate.
    await generator.connect(allConnections, AT_ONCE);
    const step = await messageStep(twin, generator, rate, seconds);
    log(
      `${rate} messages/s: ${step.keptUp ? "keeps up" : "too much"}, ack p50 ${ms(step.ack.p50Ms)}, p99 ${ms(step.ack.p99Ms)}`,
    );
    return step;
  };
  const connections = await holdSteps(plan.connections);
  const warmUp = await sendMessages(WARM_UP_PER_SEC, plan.warmUpSec);
  const search = { from: plan.from, factor: STEP_FACTOR, halvings: plan.halvings, most: MAX_PER_SEC };
  const { trials, knee } = await findKnee((rate) => sendMessages(rate, plan.trialSec), search);
  const sustained = knee && (await sendMessages(Math.round(SUSTAINED * knee.ratePerSec), plan.sustainedSec));
  const beyond = await holdSteps(plan.beyond);
  const messageSteps = [warmUp, ...trials, ...(sustained ? [sustained] : [])];
  const acknowledged = messageSteps.reduce((sum, step) => sum + step.acknowledged, 0);
  const stored = Number(await twin.database.sql("select count(*) from message", databaseOf(twin)));
  const { cpu, memoryMiB } = topology.task;
  return {
    task: { cpu, memoryMiB, count: twin.tasks().length },
    connections,
    trials,
    knee,
    limit: limitOf(trials, cpu),
    sustained,
    beyond,
    lost: Math.max(0, acknowledged - stored),
  };
}

/** Returns the resource that the lowest failed rate exhausted. */
function limitOf(trials: readonly MessageStep[], cpu: number): Result["limit"] {
  const [worst] = trials.filter(({ keptUp }) => !keptUp).sort((a, b) => a.ratePerSec - b.ratePerSec);
  if (worst === undefined) return "not reached";
  const share = cpu / CPU_UNITS_PER_CORE;
  if (worst.usage.tasks.some((task) => task.cpu >= SATURATED * share)) return "CPU of the tasks";
  return worst.usage.machine >= SATURATED ? "the machine that runs all of this" : "neither";
}

/** Members of a conversation who receive a message. */
export const RECEIVERS = MEMBERS - 1;

function ticketSecretArn(): string {
  const arns = topology.task.containers.map(({ secrets }) => secrets["SOCKET_TICKET_SECRET"]);
  const arn = arns.find((candidate) => candidate !== undefined);
  if (arn === undefined) throw new Error("the applied task has no secret SOCKET_TICKET_SECRET");
  return arn;
}

function ms(value: number): string {
  return `${value.toFixed(0)} ms`;
}
