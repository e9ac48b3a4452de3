import { once } from "node:events";
import { setTimeout as wait } from "node:timers/promises";
import { type Socket } from "socket.io-client";
import { contract } from "../../app/contract";
import { io } from "../../bench/faults/app-packages";
import { createVisitor } from "../helpers/visitor";
import { Ground } from "./machine/ground";
import { type Instance } from "./machine/instance";

const CLIENTS = 100;
const { heartbeat, maxPayloadBytes, path } = contract.container.socket;
const IDLE_MS = (heartbeat.pingIntervalSec + heartbeat.pingTimeoutSec + 5) * 1000;

let ground: Ground;
let instance: Instance;
let sockets: Socket[] = [];
const closed: string[] = [];

function addressOf(client: number): string {
  return `198.51.100.${client + 1}`;
}

function connect(ticket: string, client: number, transports: string[]): Socket {
  const headers = { origin: instance.url, "x-forwarded-for": addressOf(client) };
  const options = { auth: { ticket }, extraHeaders: headers, transports, forceNew: true, reconnection: false };
  const socket = io(instance.url, options);
  socket.on("disconnect", (reason) => closed.push(`${client}: ${reason}`));
  return socket;
}

/** Resolves when the socket is connected, with the session's id. @throws Error when it is refused */
async function sessionOf(socket: Socket): Promise<string> {
  await Promise.race([
    socket.connected ? undefined : once(socket as never, "connect"),
    once(socket as never, "connect_error").then(([error]) => Promise.reject(error as Error)),
  ]);
  return (socket.io.engine as unknown as { id: string }).id;
}

async function untilUpgraded({ io: { engine } }: Socket): Promise<void> {
  if (engine.transport.name !== "websocket") await once(engine as never, "upgrade");
}

beforeAll(async () => {
  ground = await Ground.open();
  instance = await ground.start({ entrancePort: ground.sitePort });
  const { code, output } = await instance.machine.boot();
  if (code !== 0) throw new Error(output);
});
afterAll(async () => {
  for (const socket of sockets) socket.disconnect();
  await ground?.close();
});

it("keeps every client that begins with polling on its process, and upgrades it", async () => {
  const clients = Array.from({ length: CLIENTS }, (_, client) => client);
  const visitors = [];
  for (const client of clients)
    visitors.push(await createVisitor(instance.url, `Customer ${client}`, addressOf(client)));
  sockets = visitors.map(({ ticket }, client) => connect(ticket, client, ["polling", "websocket"]));
  const ids = await Promise.all(sockets.map(sessionOf));
  await Promise.all(sockets.map(untilUpgraded));
  const onEach = [0, 1].map((process) => ids.filter((id) => id.startsWith(`${process}.`)).length);
  expect(onEach[0]! + onEach[1]!).toBe(CLIENTS);
  expect(Math.min(...onEach)).toBeGreaterThan(CLIENTS / 4);
  expect(closed).toEqual([]);
});

describe.each([["websocket"], ["polling"]])("a client that uses %s alone", (transport) => {
  let socket: Socket;
  let conversationId: string;
  beforeAll(async () => {
    const client = 200 + (transport === "polling" ? 1 : 0);
    const visitor = await createVisitor(instance.url, "One more", addressOf(client - 100));
    conversationId = visitor.conversationId;
    socket = connect(visitor.ticket, client, [transport]);
    sockets.push(socket);
    await sessionOf(socket);
  });

  it("sends a message of nearly 64 KiB, which the application and not nginx judges", async () => {
    const body = "x".repeat(maxPayloadBytes - 500);
    const payload = { conversationId, clientMessageId: crypto.randomUUID(), body };
    const answer = (await socket.timeout(20_000).emitWithAck("message:send", payload)) as { ok: boolean };
    expect(answer).toMatchObject({ ok: false });
    const short = { ...payload, clientMessageId: crypto.randomUUID(), body: "short" };
    expect(await socket.timeout(20_000).emitWithAck("message:send", short)).toMatchObject({ ok: true, seq: 1 });
  });
});

it("leaves it to the application to refuse what is too large", async () => {
  const { sid } = JSON.parse(
    (
      await (
        await fetch(`${instance.url}${path}?EIO=4&transport=polling`, { headers: { origin: instance.url } })
      ).text()
    ).slice(1),
  ) as { sid: string };
  const body = "4".padEnd(maxPayloadBytes + 5000, "x");
  const answer = await fetch(`${instance.url}${path}?EIO=4&transport=polling&sid=${sid}`, { method: "POST", body });
  expect([answer.status, await answer.text()]).toEqual([413, ""]);
});

it.each(["polling", "websocket"])("refuses a handshake of a foreign origin over %s", async (transport) => {
  const headers = {
    origin: "https://evil.example.com",
    ...(transport === "websocket" && { connection: "Upgrade", upgrade: "websocket" }),
  };
  const answer = await fetch(`${instance.url}${path}?EIO=4&transport=${transport}`, { headers }).catch(() => undefined);
  expect(answer?.status ?? 403).toBe(403);
});

it("keeps idle sockets for longer than the heartbeat", async () => {
  await wait(IDLE_MS);
  expect(closed).toEqual([]);
  expect(sockets.filter(({ connected }) => !connected)).toEqual([]);
});
