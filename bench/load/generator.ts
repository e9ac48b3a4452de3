/** Everybody who uses the service: a process of its own, so that what it costs is never counted as the service's. */
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { setTimeout as wait } from "node:timers/promises";
import { Tickets } from "../../app/server/identity/tickets";
import { RawSocket } from "../../tools/load/raw-socket";
import { agentTicket } from "../app/agent-ticket";
import { atRate } from "../pace";
import { conversationId, conversationOf, PEOPLE, personId } from "../people";
import { percentile } from "../statistics";
import { type Answer, type Command, type Connected, type GeneratorJob, type Talked, type Times } from "./commands";

const BODY = "Hello, this is about the order of last week: it has not come yet, could you have a look? Thank you.";
/** A message that has no answer after this time is a failed one. */
const ANSWER_MS = 30_000;
/** Hand-outs that are still under way when the last message is acknowledged. */
const SETTLE_MS = 1000;
/** Times that one client tries to come in. */
const MOST_TRIES = 5;
/** Sockets that share one address: below the app's limits of handshakes and connections of an address. */
const SOCKETS_OF_ADDRESS = 200;

interface Received {
  readonly clientMessageId: string;
}

class Crowd {
  private readonly tickets: Tickets;
  private readonly sockets: (RawSocket | undefined)[] = [];
  /** When each message that is under way was sent, and by whom. */
  private readonly underWay = new Map<string, { readonly atMs: number; readonly writer: number }>();
  private readonly deliveryMs: number[] = [];
  private lost = 0;

  constructor(private readonly job: GeneratorJob) {
    this.tickets = new Tickets(job.ticketSecret);
  }

  async connect(count: number, atOnce: number): Promise<Connected> {
    const handshakeMs: number[] = [];
    const reasons = new Map<string, number>();
    const missing = Array.from({ length: count }, (_, index) => index).filter((index) => !this.sockets[index]);
    let next = 0;
    const enter = async (): Promise<void> => {
      for (let mine = next++; mine < missing.length; mine = next++) {
        handshakeMs.push(await this.comeIn(missing[mine]!, reasons));
      }
    };
    await Promise.all(Array.from({ length: atOnce }, enter));
    const repeated = [...reasons.values()].reduce((sum, times) => sum + times, 0);
    const byFrequency = [...reasons].sort(([, a], [, b]) => b - a).map(([reason]) => reason);
    return { connections: this.connections, handshake: timesOf(handshakeMs), repeated, reasons: byFrequency };
  }

  async talk(ratePerSec: number, seconds: number): Promise<Talked> {
    const ackMs: number[] = [];
    const failed: Record<string, number> = {};
    const lostBefore = this.lost;
    const cpuBefore = process.cpuUsage();
    const start = performance.now();
    this.deliveryMs.length = 0;
    let sent = 0;
    await atRate(ratePerSec, seconds, async (index) => {
      sent += 1;
      const reason = await this.say(index % PEOPLE, ackMs);
      if (reason !== undefined) failed[reason] = (failed[reason] ?? 0) + 1;
    });
    const { user, system } = process.cpuUsage(cpuBefore);
    const elapsedSec = (performance.now() - start) / 1000;
    await wait(SETTLE_MS);
    this.underWay.clear();
    return {
      sent,
      acknowledged: ackMs.length,
      failed,
      delivered: this.deliveryMs.length,
      ack: timesOf(ackMs),
      delivery: timesOf(this.deliveryMs),
      lost: this.lost - lostBefore,
      elapsedSec,
      generatorCpu: (user + system) / 1e6 / elapsedSec,
    };
  }

  private get connections(): number {
    return this.sockets.filter((socket) => socket !== undefined).length;
  }

  /** How long the handshake that worked took, in milliseconds. As clients do, it tries again. */
  private async comeIn(index: number, reasons: Map<string, number>): Promise<number> {
    for (let tries = 1; ; tries++) {
      const start = performance.now();
      try {
        await this.open(index);
        return performance.now() - start;
      } catch (error) {
        const reason = (error as Error).message;
        if (tries === MOST_TRIES) throw new Error(`connection ${index}: ${reason}`, { cause: error });
        reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
        await wait(1000 * tries);
      }
    }
  }

  private async open(index: number): Promise<void> {
    const { urls, origin } = this.job;
    const person = index % PEOPLE;
    const writes = index < PEOPLE;
    const socket = await RawSocket.connect({
      server: urls[index % urls.length]!,
      headers: { origin },
      auth: { ticket: agentTicket(this.tickets, personId(person)) },
      localAddress: addressOf(index),
      onClose: () => {
        this.sockets[index] = undefined;
        this.lost += 1;
      },
      ...(writes && { onEvent: (name, payload) => this.hear(person, name, payload as Received) }),
    });
    this.sockets[index] = socket;
    if (writes) await socket.request("sync", { conversations: { [conversationId(conversationOf(person))]: 0 } });
  }

  /** Why it was not acknowledged, if so. */
  private async say(person: number, ackMs: number[]): Promise<string | undefined> {
    const socket = this.sockets[person];
    if (socket === undefined) return "NOT_CONNECTED";
    const clientMessageId = randomUUID();
    const start = performance.now();
    this.underWay.set(clientMessageId, { atMs: start, writer: person });
    const message = { conversationId: conversationId(conversationOf(person)), clientMessageId, body: BODY };
    const answer = (await Promise.race([socket.request("message:send", message), lateness()])) as
      { ok: true } | { ok: false; code: string };
    if (!answer.ok) return answer.code;
    ackMs.push(performance.now() - start);
    return undefined;
  }

  private hear(person: number, name: string, { clientMessageId }: Received): void {
    const message = name === "message" ? this.underWay.get(clientMessageId) : undefined;
    if (message !== undefined && message.writer !== person) this.deliveryMs.push(performance.now() - message.atMs);
  }
}

async function lateness(): Promise<{ ok: false; code: string }> {
  await wait(ANSWER_MS, undefined, { ref: false });
  return { ok: false, code: "NO_ANSWER" };
}

/** Any address of 127.0.0.0/8 can be one's own; these lie outside of the blocks that twins take. */
function addressOf(index: number): string {
  const machine = Math.floor(index / SOCKETS_OF_ADDRESS) + 1;
  return `127.21.${machine >> 8}.${machine & 255}`;
}

function timesOf(ms: readonly number[]): Times {
  if (ms.length === 0) return { p50Ms: 0, p99Ms: 0 };
  return { p50Ms: percentile(ms, 0.5), p99Ms: percentile(ms, 0.99) };
}

async function main(): Promise<void> {
  // Whoever wanted the figures is gone.
  process.once("disconnect", () => process.exit(1));
  const [job] = (await once(process, "message")) as [GeneratorJob];
  const crowd = new Crowd(job);
  process.on("message", (command: Command) => {
    const work =
      command.kind === "connect"
        ? crowd.connect(command.count, command.atOnce)
        : crowd.talk(command.ratePerSec, command.seconds);
    work.then(
      (result) => process.send?.({ ok: true, result } satisfies Answer),
      (error: unknown) => process.send?.({ ok: false, reason: (error as Error).message } satisfies Answer),
    );
  });
}

void main();
