import { setTimeout as wait } from "node:timers/promises";
import { UNREAD_BYTES_PER_CONNECTION } from "../../server/limits/limits";
import { MemoryLog } from "../helpers/memory-log";
import { RawSocket } from "../helpers/raw-socket";
import { agent } from "../helpers/principals";
import { closeClients, connect, startTask, type Task, until } from "../helpers/task";

let task: Task;

beforeEach(async () => {
  task = await startTask({ messages: new MemoryLog() });
});
afterEach(async () => {
  closeClients();
  RawSocket.closeAll();
  await task.close();
});

const sockets = (): number => task.realtime.io.sockets.sockets.size;
const wasCut = (): boolean => task.lines.some((line) => line.includes("cut a connection that does not read"));

/** More than the buffers of both ends of a connection on one machine hold: what is beyond them waits in the server. */
const PIECES = 64;
const PIECE = "界".repeat(UNREAD_BYTES_PER_CONNECTION / 3);

async function saySomethingToAll(pieces: number): Promise<void> {
  for (let piece = 0; piece < pieces; piece++) {
    task.realtime.io.emit("typing", { conversationId: PIECE, userId: "", name: "" });
    // The event loop turns, as it does between messages of people.
    await wait(1);
  }
}

it("disconnects only the client that does not read", async () => {
  const neighbour = await connect(task, agent());
  const reader = await RawSocket.connected(task, task.identity.issueTicket(agent()));
  reader.ws.pause();
  expect(sockets()).toBe(2);
  await saySomethingToAll(PIECES);
  await until(() => sockets() === 1, "one of the two is cut off");
  expect(wasCut()).toBe(true);
  expect(neighbour.connected).toBe(true);
});

it("tolerates a client that pauses and continues", async () => {
  const reader = await RawSocket.connected(task, task.identity.issueTicket(agent()));
  reader.ws.pause();
  await saySomethingToAll(1);
  await wait(200);
  reader.ws.resume();
  await reader.frame((frame) => frame.includes("typing"));
  expect(sockets()).toBe(1);
  expect(wasCut()).toBe(false);
});
