/** Entry point of the load generator. It is a separate process, so that its CPU time is not counted as the service's. */
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { setTimeout as wait } from "node:timers/promises";
import { Tickets } from "../../app/server/identity/tickets";
import { RawSocket } from "../../tools/load/raw-socket";
import { agentTicket } from "../app/agent-ticket";
import { sendAtRate } from "../shared/send-at-rate";
import { conversationId, conversationOf, PEOPLE, personId } from "../shared/people";
import { percentile } from "../shared/statistics";
import {
  type Answer,
  type Command,
  type ConnectResult,
  type GeneratorJob,
  type SendResult,
  type Percentiles,
} from "./commands";

const BODY = "Hello, this is about the order of last week: it has not come yet, could you have a look? Thank you.";
/** A message without an acknowledgement after this time has failed. */
const ANSWER_MS = 30_000;
/** Time for outstanding deliveries after the last acknowledgement. */
const SETTLE_MS = 1000;
/** Attempts of one client to connect. */
const MAX_ATTEMPTS = 5;
/** Connections per client address, below the app's limits for handshakes and connections of one address. */
const SOCKETS_OF_ADDRESS = 200;

interface Received {
  readonly clientMessageId: string;
}

class Crowd {
  private readonly tickets: Tickets;
  private readonly sockets: (RawSocket | undefined)[] = [];
  /** Send time and writer of each message that has not been delivered yet. */
  private readonly inFlight = new Map<string, { readonly atMs: number; readonly writer: number }>();
  private readonly deliveryMs: number[] = [];
  private lost = 0;

  constructor(private readonly job: GeneratorJob) {
    this.tickets = new Tickets(job.ticketSecret);
  }

  async connect(count: number, atOnce: number): Promise<ConnectResult> {
    const handshakeMs: number[] = [];
    const reasons = new Map<string, number>();
    const missing = Array.from({ length: count }, (_, index) => index).filter((index) => !this.sockets[index]);
    let next = 0;
    const enter = async (): Promise<void> => {
      for (let mine = next++; mine < missing.length; mine = next++) {
        handshakeMs.push(await this.connectWithRetry(missing[mine]!, reasons));
      }
    };
    await Promise.all(Array.from({ length: atOnce }, enter));
    const repeated = [...reasons.values()].reduce((sum, times) => sum + times, 0);
    const byFrequency = [...reasons].sort(([, a], [, b]) => b - a).map(([reason]) => reason);
    return { connections: this.connections, handshake: percentilesOf(handshakeMs), repeated, reasons: byFrequency };
  }

  async sendMessages(ratePerSec: number, seconds: number): Promise<SendResult> {
    const ackMs: number[] = [];
    const failed: Record<string, number> = {};
    const lostBefore = this.lost;
    const cpuBefore = process.cpuUsage();
    const start = performance.now();
    this.deliveryMs.length = 0;
    let sent = 0;
    await sendAtRate(ratePerSec, seconds, async (index) => {
      sent += 1;
      const reason = await this.sendMessage(index % PEOPLE, ackMs);
      if (reason !== undefined) failed[reason] = (failed[reason] ?? 0) + 1;
    });
    const { user, system } = process.cpuUsage(cpuBefore);
    const elapsedSec = (performance.now() - start) / 1000;
    await wait(SETTLE_MS);
    this.inFlight.clear();
    return {
      sent,
      acknowledged: ackMs.length,
      failed,
      delivered: this.deliveryMs.length,
      ack: percentilesOf(ackMs),
      delivery: percentilesOf(this.deliveryMs),
      lost: this.lost - lostBefore,
      elapsedSec,
      generatorCpu: (user + system) / 1e6 / elapsedSec,
    };
  }

  private get connections(): number {
    return this.sockets.filter((socket) => socket !== undefined).length;
  }

  /** Connects with retries, as clients do, and returns the milliseconds of the successful handshake. */
  private async connectWithRetry(index: number, reasons: Map<string, number>): Promise<number> {
    for (let tries = 1; ; tries++) {
      const start = performance.now();
      try {
        await this.open(index);
        return performance.now() - start;
      } catch (error) {
        const reason = (error as Error).message;
        if (tries === MAX_ATTEMPTS) throw new Error(`connection ${index}: ${reason}`, { cause: error });
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
      localAddress: localAddressOf(index),
      onClose: () => {
        this.sockets[index] = undefined;
        this.lost += 1;
      },
      ...(writes && { onEvent: (name, payload) => this.receive(person, name, payload as Received) }),
    });
    this.sockets[index] = socket;
    if (writes) await socket.request("sync", { conversations: { [conversationId(conversationOf(person))]: 0 } });
  }

  /** Sends one message. Returns the reason if it was not acknowledged. */
  private async sendMessage(person: number, ackMs: number[]): Promise<string | undefined> {
    const socket = this.sockets[person];
    if (socket === undefined) return "NOT_CONNECTED";
    const clientMessageId = randomUUID();
    const start = performance.now();
    this.inFlight.set(clientMessageId, { atMs: start, writer: person });
    const message = { conversationId: conversationId(conversationOf(person)), clientMessageId, body: BODY };
    const answer = (await Promise.race([socket.request("message:send", message), answerTimeout()])) as
      { ok: true } | { ok: false; code: string };
    if (!answer.ok) return answer.code;
    ackMs.push(performance.now() - start);
    return undefined;
  }

  private receive(person: number, name: string, { clientMessageId }: Received): void {
    const message = name === "message" ? this.inFlight.get(clientMessageId) : undefined;
    if (message !== undefined && message.writer !== person) this.deliveryMs.push(performance.now() - message.atMs);
  }
}

async function answerTimeout(): Promise<{ ok: false; code: string }> {
  await wait(ANSWER_MS, undefined, { ref: false });
  return { ok: false, code: "NO_ANSWER" };
}

/** Returns a local address outside the blocks of 127.0.0.0/8 that twins use. */
function localAddressOf(index: number): string {
  const machine = Math.floor(index / SOCKETS_OF_ADDRESS) + 1;
  return `127.21.${machine >> 8}.${machine & 255}`;
}

function percentilesOf(ms: readonly number[]): Percentiles {
  if (ms.length === 0) return { p50Ms: 0, p99Ms: 0 };
  return { p50Ms: percentile(ms, 0.5), p99Ms: percentile(ms, 0.99) };
}

async function main(): Promise<void> {
  // The parent process has exited.
  process.once("disconnect", () => process.exit(1));
  const [job] = (await once(process, "message")) as [GeneratorJob];
  const crowd = new Crowd(job);
  process.on("message", (command: Command) => {
    const work =
      command.kind === "connect"
        ? crowd.connect(command.count, command.atOnce)
        : crowd.sendMessages(command.ratePerSec, command.seconds);
    work.then(
      (result) => process.send?.({ ok: true, result } satisfies Answer),
      (error: unknown) => process.send?.({ ok: false, reason: (error as Error).message } satisfies Answer),
    );
  });
}

void main();
