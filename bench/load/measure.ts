import { type Image } from "../../tools/twin/tasks/image";
import { startTwin } from "../../tools/twin/start-twin";
import { type Twin } from "../../tools/twin/twin";
import { lettersAndDigits } from "../../tools/twin/data/secrets";
import { MEMBERS, seed } from "../people";
import { databaseOf, topology } from "../topology";
import { GeneratorProcess } from "./generator-process";
import { findKnee } from "./knee";
import { AT_ONCE, type ConnectionStep, connectionStep, type MessageStep, messageStep } from "./steps";

export interface Plan {
  /** Connections that are opened and held, step by step. Messages are sent while the last of these are held. */
  readonly connections: readonly number[];
  /** More of them, once the messages are done: what the task holds beyond what it is sized for. */
  readonly beyond: readonly number[];
  readonly holdMs: number;
  /** Messages before any are measured: a task runs for days, and cold for a minute. */
  readonly warmUpSec: number;
  /** First rate in messages a second. */
  readonly from: number;
  readonly trialSec: number;
  readonly halvings: number;
  /** How long the service then has to live with `SUSTAINED` of its knee. */
  readonly sustainedSec: number;
}

export interface Result {
  readonly task: { readonly cpu: number; readonly memoryMiB: number; readonly count: number };
  readonly connections: readonly ConnectionStep[];
  readonly trials: readonly MessageStep[];
  readonly knee: MessageStep | undefined;
  /** What was used up where it no longer kept up. */
  readonly limit: "CPU of the tasks" | "the machine that runs all of this" | "neither" | "not reached";
  readonly sustained: MessageStep | undefined;
  readonly beyond: readonly ConnectionStep[];
  /** Acknowledged and not in PostgreSQL; stored and not acknowledged is none of it. */
  readonly lost: number;
}

/** Of the knee, as the autoscaler's target is of a task's CPU. */
export const SUSTAINED = 0.7;
const STEP_FACTOR = 1.5;
const WARM_UP_PER_SEC = 200;
/** Above it the generator, on the same machine, would be measured. */
const MOST_PER_SEC = 3000;
/** From this share on something is used up. */
const FULL = 0.9;
const UNITS_OF_ONE = 1024;

/** Connections, then messages until it is too much, then the same for minutes, on a twin of its own. */
export async function measure(image: Image, plan: Plan, say: (line: string) => void): Promise<Result> {
  const ticketSecret = lettersAndDigits(48);
  const arn = ticketSecretArn();
  const twin = await startTwin({ topology, image, secrets: { [arn]: ticketSecret } });
  let generator: GeneratorProcess | undefined;
  try {
    await twin.untilSteady();
    const { reservations } = twin.status();
    if (reservations.length > 0) throw new Error(`tasks have to have their own size here: ${reservations.join("; ")}`);
    await twin.database.sql(seed(), databaseOf(twin));
    generator = await GeneratorProcess.start({ urls: twin.clientUrls, origin: twin.url, ticketSecret });
    return await play(twin, generator, plan, say);
  } finally {
    generator?.end();
    await twin.stop();
  }
}

async function play(twin: Twin, generator: GeneratorProcess, plan: Plan, say: (line: string) => void): Promise<Result> {
  const holdAll = async (counts: readonly number[]): Promise<ConnectionStep[]> => {
    const steps: ConnectionStep[] = [];
    for (const count of counts) {
      const step = await connectionStep(twin, generator, count, plan.holdMs);
      say(
        `${step.connections} connections: handshake p50 ${ms(step.handshake.p50Ms)}, p99 ${ms(step.handshake.p99Ms)}`,
      );
      steps.push(step);
    }
    return steps;
  };
  const everybody = plan.connections.at(-1)!;
  const talk = async (rate: number, seconds: number): Promise<MessageStep> => {
    // Whoever was cut off in a step that was too much is back for the next one.
    await generator.connect(everybody, AT_ONCE);
    const step = await messageStep(twin, generator, rate, seconds);
    say(
      `${rate} messages/s: ${step.keptUp ? "keeps up" : "too much"}, ack p50 ${ms(step.ack.p50Ms)}, p99 ${ms(step.ack.p99Ms)}`,
    );
    return step;
  };
  const connections = await holdAll(plan.connections);
  const warmUp = await talk(WARM_UP_PER_SEC, plan.warmUpSec);
  const search = { from: plan.from, factor: STEP_FACTOR, halvings: plan.halvings, most: MOST_PER_SEC };
  const { trials, knee } = await findKnee((rate) => talk(rate, plan.trialSec), search);
  const sustained = knee && (await talk(Math.round(SUSTAINED * knee.ratePerSec), plan.sustainedSec));
  const beyond = await holdAll(plan.beyond);
  const said = [warmUp, ...trials, ...(sustained ? [sustained] : [])];
  const acknowledged = said.reduce((sum, step) => sum + step.acknowledged, 0);
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

/** What the lowest rate that was too much has used up. */
function limitOf(trials: readonly MessageStep[], cpu: number): Result["limit"] {
  const [worst] = trials.filter(({ keptUp }) => !keptUp).sort((a, b) => a.ratePerSec - b.ratePerSec);
  if (worst === undefined) return "not reached";
  const share = cpu / UNITS_OF_ONE;
  if (worst.usage.tasks.some((task) => task.cpu >= FULL * share)) return "CPU of the tasks";
  return worst.usage.machine >= FULL ? "the machine that runs all of this" : "neither";
}

/** Others of the conversation that a message is handed to. */
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
