import { randomUUID } from "node:crypto";
import { type RawSocket } from "../../../tools/load/raw-socket";
import { type HttpClient, type Reply } from "../crowd/http-client";
import { connectRaw } from "../crowd/idle-clients";
import { createAgents, type Person, registerVisitor } from "../crowd/people";
import { type Fault } from "../fault";
import { type Stage } from "../stage";

/** Outside the crowd's client indices and those of misbehaving clients. */
const FIRST_CLIENT_INDEX = 240;
const TIMES = 6;
const AGENTS = 4;
const SEND_INTERVAL_SEC = 0.2;
/** Longest wait for an answer: a connection that breaks never answers. */
const ANSWER_SEC = 10;
const CONVERGENCE_MS = 30_000;
/** Within a second on a quiet machine; without Redis, as long as a task needs to ask the database. */
const CUT_OFF_SEC = 10;

/** Repeats a request until the service answers: a task may be gone, and the database away. @throws Error when it refuses */
async function untilAnswered(stage: Stage, send: () => Promise<Reply>): Promise<void> {
  const end = performance.now() + CONVERGENCE_MS;
  for (;;) {
    const reply = await send().catch(() => undefined);
    if (reply?.status === 200) return;
    const isRefusal = reply !== undefined && reply.status < 500 && reply.status !== 429;
    if (isRefusal || performance.now() > end) throw new Error(`expected 200, got ${reply?.status} ${reply?.text}`);
    await stage.wait(0.5);
  }
}

/** Closes and reopens every conversation again and again while its customer writes, which reopens it as well. */
async function closeAndReopen(stage: Stage): Promise<void> {
  const { crowd } = stage;
  const change = (agent: Person, id: string, action: string) =>
    untilAnswered(stage, () => http.post(`/api/conversations/${id}/${action}`, agent.cookie));
  const http = crowd.httpClient(FIRST_CLIENT_INDEX);
  const owned = crowd.people.visitors.flatMap(({ conversationIds }) =>
    conversationIds.map((id) => ({ id, agent: crowd.people.agents.find((one) => one.conversationIds.includes(id))! })),
  );
  for (let time = 0; time < TIMES; time++) {
    await Promise.all(owned.map(({ id, agent }) => change(agent, id, time % 3 === 2 ? "reopen" : "close")));
    await stage.wait(1);
  }
  await crowd.stopWriting();
  await Promise.all(owned.filter((_, index) => index % 2 === 0).map(({ id, agent }) => change(agent, id, "close")));
  http.close();
  await requireSameStatus(stage);
}

/** Waits until every page shows the status that is stored. @throws Error that names the conversation */
async function requireSameStatus(stage: Stage): Promise<void> {
  const end = performance.now() + CONVERGENCE_MS;
  for (;;) {
    const rows = await stage.sql("select id, status from conversation").catch(() => "");
    const stored = new Map(rows.split("\n").map((row) => row.split("|") as [string, string]));
    const other = stage.crowd.participants.flatMap((participant) =>
      participant.conversationIds
        .filter((id) => participant.status(id) !== stored.get(id))
        .map((id) => `${participant.name} shows ${participant.status(id)} for ${id}, stored is ${stored.get(id)}`),
    );
    if (other.length === 0 && stored.size > 1) return;
    if (performance.now() > end) throw new Error(`pages show another status than the stored one - ${other[0]}`);
    await stage.wait(0.25);
  }
}

/** One person who writes one message after the other over one connection, until it closes. */
class Writer {
  private stopped = false;
  private closed = false;
  private writing: Promise<void> = Promise.resolve();

  private constructor(
    private readonly stage: Stage,
    private readonly conversationId: string,
  ) {}

  static async start(stage: Stage, http: HttpClient, person: Person, conversationId: string): Promise<Writer> {
    const writer = new Writer(stage, conversationId);
    const socket = await connectRaw(http, person, { onClose: () => (writer.closed = true) });
    writer.writing = writer.keepWriting(socket);
    return writer;
  }

  get isClosed(): boolean {
    return this.closed;
  }

  async stop(): Promise<void> {
    this.stopped = true;
    await this.writing;
  }

  private async keepWriting(socket: RawSocket): Promise<void> {
    const { stage, conversationId } = this;
    const { journal } = stage.crowd;
    while (!this.stopped && !this.closed) {
      const clientMessageId = randomUUID();
      journal.attempted(clientMessageId, conversationId);
      // Nobody sends it again when the connection breaks.
      journal.abandon(clientMessageId);
      const answer = socket.request("message:send", { conversationId, clientMessageId, body: "Before the end" });
      const result = (await Promise.race([answer, stage.wait(ANSWER_SEC)])) as { readonly ok: boolean } | undefined;
      if (result?.ok) journal.acknowledged(clientMessageId);
      await stage.wait(SEND_INTERVAL_SEC);
    }
    socket.close();
  }
}

/** Disables agents while they and their customers write: half of them have a successor, the others' customers return to the queue. */
async function disableAgents(stage: Stage): Promise<void> {
  const { crowd, twin } = stage;
  const http = crowd.httpClient(FIRST_CLIENT_INDEX + 1);
  const [admin] = await createAgents(twin, http, { count: 1, role: "admin" });
  const [successor, ...agents] = await createAgents(twin, http, { count: AGENTS + 1, role: "agent" });
  const customers = await Promise.all(agents.map((_, n) => registerVisitor(http, `Customer of agent ${n}`)));
  const conversations = customers.map(({ conversationIds }) => conversationIds[0]!);
  for (const [n, id] of conversations.entries()) {
    await untilAnswered(stage, () => http.post(`/api/conversations/${id}/take`, agents[n]!.cookie));
  }
  const writers = (people: readonly Person[]) =>
    Promise.all(people.map((person, n) => Writer.start(stage, http, person, conversations[n]!)));
  const [ofAgents, ofCustomers] = [await writers(agents), await writers(customers)];
  for (const [n, { principal }] of agents.entries()) {
    const body = { disabled: true, ...(n % 2 === 0 && { successorId: successor!.principal.userId }) };
    await untilAnswered(stage, () => patch(http, `/api/users/${principal.userId}`, admin!.cookie, body));
    await stage.wait(CUT_OFF_SEC);
    if (!ofAgents[n]!.isClosed) throw new Error(`a disabled agent was still connected after ${CUT_OFF_SEC} s`);
  }
  await Promise.all([...ofAgents, ...ofCustomers].map((writer) => writer.stop()));
  http.close();
  await requireNobodyStranded(stage, conversations, successor!);
}

function patch(http: HttpClient, path: string, cookie: string, body: object): Promise<Reply> {
  return http.send("PATCH", path, {
    headers: { "content-type": "application/json", cookie },
    body: JSON.stringify(body),
  });
}

/** @throws Error when a conversation has neither an active agent nor a place in the queue, or not the agent that was named */
async function requireNobodyStranded(stage: Stage, conversations: readonly string[], successor: Person): Promise<void> {
  const rows = await stage.sql(
    `select c.id, c.taken_at is null, coalesce(string_agg(m.user_id::text, ',' order by m.user_id), '')
     from conversation c left join conversation_member m on m.conversation_id = c.id
     where c.id in (${conversations.map((id) => `'${id}'`).join()}) group by c.id`,
  );
  const found = new Map(rows.split("\n").map((row) => [row.split("|")[0]!, row] as const));
  for (const [n, id] of conversations.entries()) {
    const expected = n % 2 === 0 ? `${id}|f|${successor.principal.userId}` : `${id}|t|`;
    if (found.get(id) !== expected) throw new Error(`expected the conversation ${expected}, got ${found.get(id)}`);
  }
}

/** What agents and admins do to conversations while others write in them. */
export const conversationFaults: readonly Fault[] = [
  {
    name: "closed-and-reopened",
    what: `agents close and reopen every conversation ${TIMES} times while its customer, whose messages reopen it, writes; every page ends with the stored status`,
    act: closeAndReopen,
  },
  {
    name: "agents-disabled",
    what: `${AGENTS} agents are disabled while they and their customers write: they are cut off, and each customer has the named successor or is in the queue`,
    act: disableAgents,
  },
];
