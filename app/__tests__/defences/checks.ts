import { connect as connectTcp } from "node:net";
import { contract } from "../../contract";
import { RawSocket } from "../helpers/raw-socket";
import { type ServerProcess } from "../helpers/server-process";
import { ConversationReader } from "../helpers/conversation-clients";
import { ask, client, connect, until } from "../helpers/task";
import { type Scenario } from "./scenario";

/** Milliseconds that a check waits for what a sound server does in a fraction of it. */
const TIMEOUT_MS = 6000;

/** Passes when the server is sound, throws when it is not. */
export type Check = (scenario: Scenario) => Promise<void>;

function insist(holds: boolean, what: string): void {
  if (!holds) throw new Error(`the check failed: ${what}`);
}

async function isAlive({ url }: ServerProcess): Promise<boolean> {
  return fetch(url + contract.container.health.livenessPath).then(
    ({ status }) => status === 200,
    () => false,
  );
}

async function readiness({ url }: ServerProcess): Promise<string> {
  const answer = await fetch(url + contract.container.health.readinessPath);
  return ((await answer.json()) as { readonly status: string }).status;
}

/** Row 5: connection state recovery does not replace a ticket. */
export const recoveryNeedsATicket: Check = async ({ task, people, conversationId, newMessage }) => {
  const raw = await RawSocket.connected(task, task.identity.issueTicket(people[0]));
  const welcome = await raw.frame((frame) => frame.startsWith("40"));
  raw.send(`421["sync",{"conversations":{"${conversationId}":0}}]`);
  await raw.frame((frame) => frame.startsWith("431"));
  raw.send(`422["message:send",${JSON.stringify(newMessage())}]`);
  const message = JSON.parse((await raw.frame((frame) => frame.startsWith('42["message"'))).slice(2)) as unknown[];
  raw.close();
  const { pid = "none" } = JSON.parse(welcome.slice(2)) as { readonly pid?: string };
  const back = await RawSocket.open(task);
  back.send(`40${JSON.stringify({ pid, offset: message[2] ?? "none" })}`);
  const answer = await back.frame((frame) => /^4[04]/.test(frame));
  insist(answer.startsWith("44"), "it is refused");
};

/** Row 8: a page of another site opens no WebSocket. */
export const evilOriginIsRefused: Check = async ({ task }) => {
  const raw = await RawSocket.open(task, { Origin: "https://evil.example" }).catch(() => undefined);
  insist(raw === undefined, "it is refused");
};

/** Row 11: a packet over the limit closes its connection. */
export const oversizeIsCut: Check = async ({ task, people }) => {
  const raw = await RawSocket.connected(task, task.identity.issueTicket(people[0]));
  raw.send(`42["typing",${JSON.stringify("x".repeat(contract.container.socket.maxPayloadBytes))}]`);
  await until(() => raw.closed?.code === 1009, "it is closed", TIMEOUT_MS);
};

/** Row 15: nothing that a client sends ends the process. */
export const nothingKillsTheProcess: Check = async ({ task, people }) => {
  const socket = await connect(task, people[0]);
  for (const event of ["message:send", "sync", "read", "__proto__"]) {
    for (const payload of [[], [null], [7], [[]], [{}], Array.from({ length: 100 }, () => null)]) {
      socket.emit(event, ...payload);
    }
  }
  await ask(socket, "unsubscribe", null);
  insist(await isAlive(task), "the process is alive");
};

/** Row 17: slow headers are answered 408 soon. Both servers have the patch that shortens the time for headers. */
export const slowHeadersAreCut: Check = async ({ task }) => {
  const socket = connectTcp(task.port, "127.0.0.1");
  let answer = "";
  socket.on("data", (data) => (answer += data.toString())).on("error", () => undefined);
  socket.write("GET / HTTP/1.1\r\nHost: a\r\nX-Slow: ");
  await until(() => answer.includes("408"), "it is answered 408", TIMEOUT_MS).finally(() => socket.destroy());
};

/** Row 36: Redis is killed under load: both tasks survive, and the other task's reader receives everything in the end. */
export const redisMayDie: Check = async ({ task, other, redis, people, conversationId, newMessage }) => {
  const [near, far] = people;
  await until(async () => (await readiness(task)) === "ok" && (await readiness(other)) === "ok", "both reach Redis");
  const reader = await ConversationReader.start(other, far, conversationId);
  const sender = await connect(task, near);
  const seqs: number[] = [];
  const send = async (): Promise<void> => {
    const { ok, seq } = await ask(sender, "message:send", newMessage());
    insist(ok === true, "it is stored");
    seqs.push(seq as number);
  };
  await send();
  await redis.kill();
  for (let i = 0; i < 5; i++) await send();
  await redis.start();
  await until(async () => (await readiness(task)) === "ok", "the task is back", TIMEOUT_MS);
  await until(() => reader.has(seqs), "the other task's reader has everything", TIMEOUT_MS);
  insist((await isAlive(task)) && (await isAlive(other)), "both are alive");
};

/** Row 37: the task notices that Redis hangs, and recovers with it. */
export const redisMayHang: Check = async ({ task, redis }) => {
  await until(async () => (await readiness(task)) === "ok", "the task reaches Redis");
  redis.pause();
  await until(async () => (await readiness(task)) === "degraded", "it is noticed", TIMEOUT_MS).finally(() =>
    redis.resume(),
  );
  await until(async () => (await readiness(task)) === "ok", "the task is back", TIMEOUT_MS);
};

/** Row 38: PostgreSQL stops and restarts: sends are refused meanwhile, never acknowledged, and the process survives. */
export const postgresMayStop: Check = async ({ task, postgres, people, newMessage }) => {
  const socket = await connect(task, people[0]);
  insist((await ask(socket, "message:send", newMessage())).ok === true, "it is stored");
  await postgres.stop();
  const { code } = await ask(socket, "message:send", newMessage());
  insist(code === "UNAVAILABLE", "it is refused for a passing reason");
  insist(await isAlive(task), "the process is alive");
  await postgres.start();
  await until(
    async () => (await ask(socket, "message:send", newMessage())).ok === true,
    "the pool recovers",
    TIMEOUT_MS,
  );
};

/** Row 39: PostgreSQL hangs: a send is answered in limited time. */
export const postgresMayHang: Check = async ({ task, postgres, people, newMessage }) => {
  const socket = await connect(task, people[0]);
  insist((await ask(socket, "message:send", newMessage())).ok === true, "it is stored");
  postgres.pause();
  const { code } = await ask(socket, "message:send", newMessage()).finally(() => postgres.resume());
  insist(code === "UNAVAILABLE", "it is refused for a passing reason");
};

/** Row 40: the process dies while a message is being stored: acknowledged messages are stored, and retries store it once. */
export const acknowledgedMeansStored: Check = async ({
  task,
  postgres,
  people,
  newMessage,
  restart,
  conversationId,
}) => {
  const socket = await connect(task, people[0]);
  const message = newMessage();
  postgres.pause();
  let acknowledged = false;
  socket.emit("message:send", message, ({ ok }: { readonly ok: boolean }) => (acknowledged = ok));
  await new Promise((resolve) => setTimeout(resolve, 500));
  const told = acknowledged;
  task.signal("SIGKILL");
  await task.exited;
  postgres.resume();
  insist(!told, "nothing is acknowledged that is not stored");
  const next = await restart();
  const back = await connect(next, people[0]);
  const first = await ask(back, "message:send", message);
  const second = await ask(back, "message:send", message);
  insist(first.ok === true && first["seq"] === second["seq"], "each retry gets the same place");
  const reader = await ConversationReader.start(next, people[1], conversationId);
  const copies = [...reader.seen.values()].filter(({ clientMessageId }) => clientMessageId === message.clientMessageId);
  insist(copies.length === 1, "it is stored once");
};

/** Row 42: SIGTERM under load: events in flight are answered, connections close so that clients reconnect, and the exit code is 0. */
export const leavesInOrder: Check = async ({ task, postgres, people, newMessage }) => {
  const socket = client(task, { auth: { ticket: task.identity.issueTicket(people[0]) } });
  await new Promise<void>((resolve) => socket.once("connect", resolve));
  const reason = new Promise((resolve) => socket.once("disconnect", resolve));
  insist((await ask(socket, "message:send", newMessage())).ok === true, "it is stored");
  postgres.pause();
  const underWay = ask(socket, "message:send", newMessage());
  await new Promise((resolve) => setTimeout(resolve, 200));
  task.signal("SIGTERM");
  await until(
    async () => (await fetch(task.url + contract.container.health.path)).status === 503,
    "health is off",
    TIMEOUT_MS,
  );
  postgres.resume();
  insist((await underWay).ok === true, "what was under way is answered");
  insist((await reason) === "transport close", "the client is let go in a way that it comes back");
  insist((await task.exited).code === 0, "it exits with 0");
};
