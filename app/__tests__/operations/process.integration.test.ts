import { randomUUID } from "node:crypto";
import { connect as connectTcp } from "node:net";
import { contract } from "../../contract";
import { EXIT_CONFIGURATION } from "../../server/configuration";
import { startApp } from "../helpers/app-process";
import { bundleWithoutPages } from "../helpers/bundle";
import { RawSocket } from "../helpers/raw-socket";
import { ENVIRONMENT, type ServerProcess, startServer } from "../helpers/server-process";
import { agent } from "../helpers/principals";
import { closeClients, connect, until } from "../helpers/task";

/** No server listens there: a task starts without its database and reports that it is not ready. */
const NOWHERE = "postgresql://app@127.0.0.1:1/messenger_crm";
const ALONE = { ...ENVIRONMENT, DATABASE_URL: NOWHERE, SOCKET_ADAPTER: "in-memory" };

afterEach(() => {
  closeClients();
  RawSocket.closeAll();
});

const start = (): Promise<ServerProcess> => startServer({ databaseUrl: NOWHERE });

it("starts and is healthy without its database, but is not ready", async () => {
  const server = await start();
  const status = async (path: string): Promise<number> => (await fetch(server.url + path)).status;
  expect(await status(contract.container.health.path)).toBe(200);
  expect(await status(contract.container.health.livenessPath)).toBe(200);
  expect(await status(contract.container.health.readinessPath)).toBe(503);
  expect(await server.stop()).toEqual({ code: 0, signal: null });
});

it("row 43: exits with 0 on SIGTERM while it starts", async () => {
  const server = await startApp({
    build: { server: await bundleWithoutPages(SLOW_START) },
    readyPath: false,
    env: ALONE,
  });
  await until(() => server.output().includes("starting slowly"), "it has begun");
  expect(await server.stop()).toEqual({ code: 0, signal: null });
});

it("row 43: exits with 0 after two SIGTERMs, although a client hangs", async () => {
  const server = await start();
  const raw = await RawSocket.connected(server, server.identity.issueTicket(agent()));
  raw.ws.pause();
  const half = connectTcp(server.port, "127.0.0.1").on("error", () => undefined);
  half.write("GET / HTTP/1.1\r\n");
  server.signal("SIGTERM");
  server.signal("SIGTERM");
  expect(await server.exited).toEqual({ code: 0, signal: null });
  half.destroy();
});

it("row 48: names the missing variable and exits with code 78", async () => {
  const server = await startApp({
    build: { server: await bundleWithoutPages() },
    readyPath: false,
    env: { ...ALONE, SOCKET_TICKET_SECRET: "" },
  });
  expect(await server.exited).toEqual({ code: EXIT_CONFIGURATION, signal: null });
  expect(server.output()).toContain("SOCKET_TICKET_SECRET");
});

it("row 35: has no ticket, cookie or message in its output, whatever was sent", async () => {
  const server = await start();
  const ticket = server.identity.issueTicket(agent());
  const socket = await connect(server, agent());
  const refused = await RawSocket.open(server, { Cookie: "session=a-cookie-of-somebody" });
  refused.send(`40${JSON.stringify({ ticket: `${ticket}x` })}`);
  socket.emit("message:send", { body: "a private word", clientMessageId: ticket });
  socket.emit("message:send", { body: "a private word", clientMessageId: randomUUID(), conversationId: randomUUID() });
  await fetch(`${server.url}/api/tickets`, { method: "POST", headers: { Cookie: "session=a-cookie-of-somebody" } });
  await until(() => server.output().includes(contract.logs.connectedLine), "the connection is logged");
  await server.stop();
  for (const secret of [ticket, "a-cookie-of-somebody", "a private word", ENVIRONMENT.SOCKET_TICKET_SECRET]) {
    expect(server.output()).not.toContain(secret);
  }
});

const SLOW_START = [
  {
    file: "server/composition.ts",
    from: "const metrics = new Metrics({ service: serviceName });",
    to: `process.stdout.write("starting slowly\\n");
         await new Promise((resolve) => setTimeout(resolve, 60_000));
         const metrics = new Metrics({ service: serviceName });`,
  },
];
