import { randomUUID } from "node:crypto";
import { connect as connectTcp } from "node:net";
import { io as createClient } from "socket.io-client";
import { Drain } from "../../server/operations/drain";
import { MemoryLog } from "../helpers/memory-log";
import { RawSocket } from "../helpers/raw-socket";
import { agent } from "../helpers/principals";
import { ask, client, closeClients, connect, ORIGIN, startTask, type Task, until } from "../helpers/task";

const messages = new MemoryLog();
let task: Task;
/** The task to which its clients reconnect. */
let other: Task;

beforeEach(async () => {
  task = await startTask({ messages });
  other = await startTask({ messages, identity: task.identity });
});
afterEach(async () => {
  closeClients();
  RawSocket.closeAll();
  messages.delay = () => Promise.resolve();
  await Promise.all([task.close(), other.close()]);
});

function drainOf({ realtime, server, log }: Task): Drain {
  return new Drain({
    settle: () => realtime.inFlight.drain(),
    openConnections: () => realtime.openConnections(),
    closeConnections: (count) => realtime.closeConnections(count),
    server,
    log,
  });
}

it("row 42: answers events in flight, refuses new ones, and closes connections so that clients reconnect elsewhere", async () => {
  const person = agent();
  const conversationId = randomUUID();
  messages.admit(conversationId, person);
  const sockets = await Promise.all(Array.from({ length: 20 }, () => connect(task, person)));
  const reasons: string[] = [];
  for (const socket of sockets) socket.on("disconnect", (reason) => reasons.push(reason));
  const [first, second] = sockets as [(typeof sockets)[0], (typeof sockets)[0]];
  const text = () => ({ conversationId, clientMessageId: randomUUID(), body: "x" });

  let release = (): void => undefined;
  messages.delay = () => new Promise((resolve) => (release = resolve));
  const underWay = ask(first, "message:send", text());
  await until(() => task.realtime.inFlight.count === 1, "it is under way");
  const drained = drainOf(task).run();
  expect(await ask(second, "message:send", text())).toMatchObject({ code: "DRAINING", retryable: true });
  expect(first.connected).toBe(true);
  release();
  expect(await underWay).toMatchObject({ ok: true });
  await drained;
  await until(() => reasons.length === sockets.length, "all have gone");
  // After "io server disconnect" a client would not reconnect.
  expect(new Set(reasons)).toEqual(new Set(["transport close"]));
});

it("row 42: all clients reconnect to the other task", async () => {
  const person = agent();
  let target = task.url;
  const sockets = await Promise.all(
    Array.from({ length: 10 }, async () => {
      const socket = createClient(target, {
        transports: ["websocket"],
        extraHeaders: { Origin: ORIGIN },
        forceNew: true,
        reconnectionDelay: 20,
        auth: (give) => give({ ticket: task.identity.issueTicket(person) }),
      });
      await new Promise<void>((resolve) => socket.once("connect", resolve));
      return socket;
    }),
  );
  // As the load balancer does, sends new connections to the remaining task.
  target = other.url;
  for (const socket of sockets) (socket.io as unknown as { uri: string }).uri = target;
  await drainOf(task).run();
  await until(() => other.realtime.openConnections() === sockets.length, "all are there");
  for (const socket of sockets) socket.disconnect();
});

it("row 43: does not wait for a client that hangs", async () => {
  const raw = await RawSocket.connected(task, task.identity.issueTicket(agent()));
  raw.ws.pause();
  const half = connectTcp(task.port, "127.0.0.1");
  half.on("error", () => undefined);
  half.write("POST /api/slow HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\n");
  await drainOf(task).run();
  expect(task.realtime.openConnections()).toBe(0);
  half.destroy();
});

it("row 43: a second call skips the delays", async () => {
  await Promise.all(Array.from({ length: 40 }, () => connect(task, agent())));
  messages.delay = () => new Promise(() => undefined);
  const stuck = client(task, { auth: { ticket: task.identity.issueTicket(agent()) } });
  await new Promise<void>((resolve) => stuck.once("connect", resolve));
  stuck.emit("read", { conversationId: randomUUID(), seq: 1 });
  await until(() => task.realtime.inFlight.count === 1, "something is under way that never ends");
  const drain = drainOf(task);
  const startedAt = performance.now();
  const first = drain.run();
  const second = drain.run();
  await Promise.all([first, second]);
  expect(performance.now() - startedAt).toBeLessThan(5000);
  expect(task.realtime.openConnections()).toBe(0);
});
