/** The load: a process of its own, so that what it costs is never counted as the server's. */
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
import { atRate } from "../pace";
import { conversationId, conversationOf, PEOPLE, personId } from "../people";

const WARM_UP_SEC = 2;
/** Answers that are still under way when the last message is sent. */
const SETTLE_MS = 1000;
/** Times that one client tries to come in. */
const MOST_TRIES = 3;
const BODY = "Hello, this is about the order of last week: it has not come yet, could you have a look? Thank you.";

function tell(report: Report): void {
  process.send?.(report);
}

async function go(): Promise<void> {
  await once(process, "message");
}

/** Opens the socket of a person; each comes from an address of their own, as behind a load balancer. */
class Entrance {
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
    if (this.job.contestant === "bare") return { userId };
    return { ticket: agentTicket(this.tickets, userId) };
  }
}

async function sendMessages(job: MessagesJob): Promise<MessagesResult> {
  const counts = { sent: 0, acknowledged: 0, delivered: 0 };
  const ackMs: number[] = [];
  const entrance = new Entrance(job);
  const sockets: RawSocket[] = [];
  for (let person = 0; person < PEOPLE; person += 1) {
    const socket = await entrance.open(person, { onEvent: (name) => void (name === "message" && counts.delivered++) });
    await join(socket, job, person);
    sockets.push(socket);
  }
  // Everybody in turn.
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
  await atRate(job.ratePerSec, WARM_UP_SEC, send);
  await wait(SETTLE_MS);
  Object.assign(counts, { sent: 0, acknowledged: 0, delivered: 0 });
  ackMs.length = 0;
  tell({ phase: "ready" });
  await go();
  await atRate(job.ratePerSec, job.seconds, send);
  await wait(SETTLE_MS);
  tell({ phase: "measured" });
  await go();
  return { ...counts, ackMs };
}

async function join(socket: RawSocket, { contestant }: Job, person: number): Promise<void> {
  const id = conversationId(conversationOf(person));
  if (contestant === "bare") await socket.request("join", id);
  else await socket.request("sync", { conversations: { [id]: 0 } });
}

async function holdConnections(job: ConnectionsJob): Promise<ConnectionsResult> {
  const entrance = new Entrance(job);
  const handshakeMs: number[] = [];
  let lost = 0;
  let repeated = 0;
  let next = 0;
  tell({ phase: "ready" });
  await go();
  // As clients do: the app gives a connection five seconds to say who it is, and a machine that is full may take longer.
  const comeIn = async (index: number, tries = 1): Promise<void> => {
    try {
      await entrance.open(index, { onClose: () => (lost += 1) });
    } catch (error) {
      if (tries === MOST_TRIES) throw error;
      repeated += 1;
      await comeIn(index, tries + 1);
    }
  };
  const connect = async (): Promise<void> => {
    while (next < job.count) {
      const index = next++;
      const start = performance.now();
      await comeIn(index);
      handshakeMs.push(performance.now() - start);
    }
  };
  await Promise.all(Array.from({ length: job.atOnce }, connect));
  tell({ phase: "measured" });
  await go();
  await wait(job.holdMs);
  return { connected: handshakeMs.length, handshakeMs, lost, repeated };
}

async function main(): Promise<void> {
  // Whoever wanted the figures is gone.
  process.once("disconnect", () => process.exit(1));
  const [job] = (await once(process, "message")) as [Job];
  const result = job.kind === "messages" ? await sendMessages(job) : await holdConnections(job);
  process.send?.({ phase: "done", result } satisfies Report, () => process.exit(0));
}

main().catch((error: unknown) => {
  const reason = error instanceof Error ? error.message : String(error);
  process.send?.({ phase: "failed", reason } satisfies Report, () => process.exit(1));
});
