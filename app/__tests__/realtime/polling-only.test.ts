import { agent } from "../helpers/principals";
import { MemoryLog } from "../helpers/memory-log";
import { client, closeClients, connect, ORIGIN, startTask, type Task, until } from "../helpers/task";

let task: Task;

beforeAll(async () => {
  task = await startTask({ messages: new MemoryLog(), realtime: { transports: ["polling"] } });
});
afterEach(async () => {
  closeClients();
  await until(() => task.realtime.openConnections() === 0, "all connections are closed");
});
afterAll(() => task.close());

const POLLING = { transports: ["polling"] };
const BROWSER = { transports: ["websocket", "polling"], tryAllTransports: true };

it("accepts polling, and offers no upgrade to a WebSocket", async () => {
  const socket = await connect(task, agent(), POLLING);
  expect(socket.io.engine.transport.name).toBe("polling");
  const headers = { Origin: ORIGIN };
  const url = `${task.url}/socket.io/?EIO=4&transport=polling`;
  const handshake = await (await fetch(url, { headers })).text();
  const { sid, upgrades } = JSON.parse(handshake.slice(1)) as { readonly sid: string; readonly upgrades: string[] };
  expect(upgrades).toEqual([]);
  // The packet that closes an Engine.IO connection.
  await fetch(`${url}&sid=${sid}`, { method: "POST", headers, body: "1" });
});

it("refuses a WebSocket", async () => {
  const socket = client(task, { auth: { ticket: task.identity.issueTicket(agent()) }, reconnection: false });
  await new Promise<void>((resolve) => socket.once("connect_error", () => resolve()));
  expect(socket.connected).toBe(false);
});

it("lets a client that tries a WebSocket first come in by polling", async () => {
  const socket = await connect(task, agent(), BROWSER);
  expect(socket.io.engine.transport.name).toBe("polling");
});
