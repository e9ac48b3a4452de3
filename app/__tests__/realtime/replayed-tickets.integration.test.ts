import { randomUUID } from "node:crypto";
import { encode } from "next-auth/jwt";
import { type AgentPrincipal } from "../../server/domain/principal";
import { PostgresServer } from "../helpers/postgres";
import { join as joinConversation, makeAgent, makeVisitor } from "../helpers/people";
import { RedisServer } from "../helpers/redis";
import { ENVIRONMENT, type ServerProcess, startServer } from "../helpers/server-process";
import { createTestDatabase, type TestDatabase } from "../helpers/test-database";
import { ask, client, closeClients, ORIGIN, until } from "../helpers/task";

/** A loop that lasts several passes of the sweep, which runs every half second. */
const LOOP_MS = 3000;
/** After this time, every task has noticed that Redis is away. */
const NOTICED_MS = 2000;

let postgres: PostgresServer;
let redis: RedisServer;
let database: TestDatabase;
let tasks: readonly ServerProcess[];
let conversationId: string;
let admin: AgentPrincipal;

beforeAll(async () => {
  [postgres, redis] = await Promise.all([PostgresServer.start(), RedisServer.start()]);
  database = await createTestDatabase(postgres);
  ({ conversationId } = await makeVisitor(database));
  admin = await makeAgent(database, "admin");
  const start = () => startServer({ databaseUrl: postgres.urlOf(database.name), redisUrl: redis.url });
  tasks = [await start(), await start()];
});
afterEach(closeClients);
afterAll(async () => {
  for (const task of tasks) await task.stop(0);
  await database.close();
  await Promise.all([postgres.close(), redis.close()]);
});

async function request(method: string, path: string, who: AgentPrincipal, body?: object): Promise<Response> {
  const token = { sub: who.userId, name: who.name, role: who.role, sid: who.sessionId };
  const session = await encode({ token, secret: ENVIRONMENT.NEXTAUTH_SECRET, maxAge: 600 });
  const response = await fetch(`${tasks[0]!.url}/api${path}`, {
    method,
    headers: {
      origin: ORIGIN,
      cookie: `__Secure-next-auth.session-token=${session}`,
      "content-type": "application/json",
    },
    ...(body && { body: JSON.stringify(body) }),
  });
  expect(response.status).toBe(200);
  return response;
}

const signOut = (person: AgentPrincipal) => request("DELETE", "/session", person);
const setDisabled = (person: AgentPrincipal, disabled: boolean) =>
  request("PATCH", `/users/${person.userId}`, admin, { disabled });

interface Visit {
  readonly connected: boolean;
  readonly reads: number;
  readonly sends: number;
}

let visits = 0;

/** From another address each time, so that only the ticket can be the reason of a refusal. */
function present(task: ServerProcess, ticket: string) {
  visits += 1;
  const address = `198.51.${Math.floor(visits / 250)}.${visits % 250}`;
  return client(task, { auth: { ticket }, extraHeaders: { Origin: ORIGIN, "X-Forwarded-For": address } });
}

/** Connects with a ticket, reads the conversation and writes to it, as often as the connection lasts. */
async function visit(task: ServerProcess, ticket: string): Promise<Visit> {
  const socket = present(task, ticket);
  const connected = await new Promise<boolean>((resolve) => {
    socket.once("connect", () => resolve(true));
    socket.once("connect_error", () => resolve(false));
  });
  if (!connected) return { connected, reads: 0, sends: 0 };
  const read = await ask(socket, "sync", { conversations: { [conversationId]: 0 } }).catch(() => ({ ok: false }));
  const message = { conversationId, clientMessageId: randomUUID(), body: "after the end" };
  const sent = await ask(socket, "message:send", message).catch(() => ({ ok: false }));
  socket.disconnect();
  return { connected, reads: read["ok"] === true ? 1 : 0, sends: sent["ok"] === true ? 1 : 0 };
}

/** Presents one ticket again and again, to both tasks in turn. */
async function replay(ticket: string): Promise<{ tries: number; connected: number; reads: number; sends: number }> {
  const sum = { tries: 0, connected: 0, reads: 0, sends: 0 };
  const end = Date.now() + LOOP_MS;
  while (Date.now() < end) {
    for (const task of tasks) {
      const { connected, reads, sends } = await visit(task, ticket);
      sum.tries += 1;
      sum.connected += Number(connected);
      sum.reads += reads;
      sum.sends += sends;
    }
  }
  return sum;
}

async function memberWithTicket(): Promise<{ person: AgentPrincipal; ticket: string }> {
  const person = await makeAgent(database);
  await joinConversation(database, conversationId, person);
  const ticket = tasks[0]!.identity.issueTicket(person);
  for (const task of tasks) expect(await visit(task, ticket)).toEqual({ connected: true, reads: 1, sends: 1 });
  return { person, ticket };
}

const REFUSED = { tries: expect.any(Number) as number, connected: 0, reads: 0, sends: 0 };

describe.each(["well", "away"])("with Redis %s, a saved ticket", (state) => {
  beforeAll(async () => {
    if (state === "well") return;
    await redis.kill();
    await new Promise((resolve) => setTimeout(resolve, NOTICED_MS));
  });

  it("opens no connection after its session was signed out, however often it is presented", async () => {
    const { person, ticket } = await memberWithTicket();
    await signOut(person);
    await untilEnded(ticket);
    const replayed = await replay(ticket);
    expect(replayed).toEqual(REFUSED);
    expect(replayed.tries).toBeGreaterThan(20);
  });

  it("opens no connection after its user was disabled, and does again once they are enabled", async () => {
    const { person, ticket } = await memberWithTicket();
    await setDisabled(person, true);
    await untilEnded(ticket);
    expect(await replay(ticket)).toEqual(REFUSED);
    await setDisabled(person, false);
    // Disabling gave the conversation back to the queue, which any agent may read and nobody answers.
    expect(await visit(tasks[1]!, ticket)).toEqual({ connected: true, reads: 1, sends: 0 });
  });

  it("opens no connection when the database was changed past the application, after the first half second", async () => {
    const { person, ticket } = await memberWithTicket();
    await postgres.sql(`update app_user set disabled_at = now() where id = '${person.userId}'`, database.name);
    await untilEnded(ticket);
    expect(await replay(ticket)).toEqual(REFUSED);
  });
});

/** Waits until every task has learned of the session's end, which the others do up to about a second later. */
async function untilEnded(ticket: string): Promise<void> {
  const ended = async () => (await Promise.all(tasks.map((task) => held(task, ticket)))).every((closed) => closed);
  await until(ended, "ended");
}

/** Whether a connection with this ticket is refused or closed by the server. */
async function held(task: ServerProcess, ticket: string): Promise<boolean> {
  const socket = present(task, ticket);
  return new Promise((resolve) => {
    socket.once("connect_error", () => resolve(true));
    socket.once("session:ended", () => resolve(true));
  });
}
