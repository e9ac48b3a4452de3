/** Entry point of the load process. It is separate, so that its CPU time and memory are not measured as the server's. */
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { setTimeout as wait } from "node:timers/promises";
import { Tickets } from "../../app/server/identity/tickets";
import { RawSocket } from "../../tools/load/raw-socket";
import {
  type ConnectionsJob,
  type ConnectionsResult,
  type Job,
  type MessagesJob,
  type MessagesResult,
  type Report,
} from "./job";
import { agentTicket } from "./agent-ticket";
import { sendAtRate } from "../shared/send-at-rate";
import { conversationId, conversationOf, PEOPLE, personId } from "../shared/people";

const WARM_UP_SEC = 2;
/** Time for outstanding deliveries after the last message. */
const SETTLE_MS = 1000;
/** Attempts of one client to connect. */
const MAX_ATTEMPTS = 3;
const BODY = "Hello, this is about the order of last week: it has not come yet, could you have a look? Thank you.";

function report(report: Report): void {
  process.send?.(report);
}

async function go(): Promise<void> {
  await once(process, "message");
}

/** Opens connections. Each has its own client address in x-forwarded-for, as behind a load balancer. */
class SocketOpener {
  private readonly tickets: Tickets;
  constructor(private readonly job: Job) {
    this.tickets = new Tickets(job.ticketSecret);
  }

  open(index: number, hooks: { onEvent?: (name: string) => void; onClose?: () => void } = {}): Promise<RawSocket> {
    const { servers } = this.job;
    const server = servers[index % servers.length] ?? "";
    const headers = { origin: server, "x-forwarded-for": `10.${index >> 16}.${(index >> 8) & 255}.${index & 255}` };
    return RawSocket.connect({ server, headers, auth: this.auth(personId(index % PEOPLE)), ...hooks });
  }

  private auth(userId: string): Record<string, string> {
    if (this.job.serverKind === "bare") return { userId };
    return { ticket: agentTicket(this.tickets, userId) };
  }
}

async function sendMessages(job: MessagesJob): Promise<MessagesResult> {
  const counts = { sent: 0, acknowledged: 0, delivered: 0 };
  const ackMs: number[] = [];
  const opener = new SocketOpener(job);
  const sockets: RawSocket[] = [];
  for (let person = 0; person < PEOPLE; person += 1) {
    const socket = await opener.open(person, { onEvent: (name) => void (name === "message" && counts.delivered++) });
    await join(socket, job, person);
    sockets.push(socket);
  }
  const send = async (index: number): Promise<void> => {
    const person = index % PEOPLE;
    const start = performance.now();
    counts.sent += 1;
    const sent = { conversationId: conversationId(conversationOf(person)), clientMessageId: randomUUID(), body: BODY };
    const result = await sockets[person]?.request("message:send", sent);
    if ((result as { ok?: boolean }).ok !== true) throw new Error(`refused: ${JSON.stringify(result)}`);
    ackMs.push(performance.now() - start);
    counts.acknowledged += 1;
  };
  await sendAtRate(job.ratePerSec, WARM_UP_SEC, send);
  await wait(SETTLE_MS);
  Object.assign(counts, { sent: 0, acknowledged: 0, delivered: 0 });
  ackMs.length = 0;
  report({ phase: "ready" });
  await go();
  await sendAtRate(job.ratePerSec, job.seconds, send);
  await wait(SETTLE_MS);
  report({ phase: "measured" });
  await go();
  return { ...counts, ackMs };
}

async function join(socket: RawSocket, { serverKind }: Job, person: number): Promise<void> {
  const id = conversationId(conversationOf(person));
  if (serverKind === "bare") await socket.request("join", id);
  else await socket.request("sync", { conversations: { [id]: 0 } });
}

async function holdConnections(job: ConnectionsJob): Promise<ConnectionsResult> {
  const opener = new SocketOpener(job);
  const handshakeMs: number[] = [];
  let lost = 0;
  let repeated = 0;
  let next = 0;
  report({ phase: "ready" });
  await go();
  // The app closes a connection that sends no ticket within five seconds, which happens on a busy machine; clients retry.
  const connectWithRetry = async (index: number, tries = 1): Promise<void> => {
    try {
      await opener.open(index, { onClose: () => (lost += 1) });
    } catch (error) {
      if (tries === MAX_ATTEMPTS) throw error;
      repeated += 1;
      await connectWithRetry(index, tries + 1);
    }
  };
  const connect = async (): Promise<void> => {
    while (next < job.count) {
      const index = next++;
      const start = performance.now();
      await connectWithRetry(index);
      handshakeMs.push(performance.now() - start);
    }
  };
  await Promise.all(Array.from({ length: job.atOnce }, connect));
  report({ phase: "measured" });
  await go();
  await wait(job.holdMs);
  return { connected: handshakeMs.length, handshakeMs, lost, repeated };
}

async function main(): Promise<void> {
  // The parent process has exited.
  process.once("disconnect", () => process.exit(1));
  const [job] = (await once(process, "message")) as [Job];
  const result = job.kind === "messages" ? await sendMessages(job) : await holdConnections(job);
  process.send?.({ phase: "done", result } satisfies Report, () => process.exit(0));
}

main().catch((error: unknown) => {
  const reason = error instanceof Error ? error.message : String(error);
  process.send?.({ phase: "failed", reason } satisfies Report, () => process.exit(1));
});
