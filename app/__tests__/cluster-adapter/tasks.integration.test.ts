import { randomUUID } from "node:crypto";
import { createClient } from "redis";
import { type RedisConfiguration } from "../../server/configuration";
import { createClusterAdapter } from "../../server/cluster-adapter/create-cluster-adapter";
import { MemoryIdentity } from "../helpers/memory-identity";
import { MemoryLog } from "../helpers/memory-log";
import { RedisServer } from "../helpers/redis";
import { agent } from "../helpers/principals";
import { ask, closeClients, collect, connect, startTask, type Task, until } from "../helpers/task";

/** A node with all slots is a cluster as well: it answers with MOVED, has shards, and clients discover it by its topology. */
async function makeCluster({ url }: RedisServer): Promise<void> {
  const admin = await createClient({ url }).connect();
  await admin.sendCommand(["CLUSTER", "ADDSLOTSRANGE", "0", "16383"]);
  await until(async () => (await admin.clusterInfo()).includes("cluster_state:ok"), "it is up");
  admin.destroy();
}

describe.each(["redis", "sharded-redis"] as const)("two tasks on %s", (kind) => {
  const messages = new MemoryLog();
  const identity = new MemoryIdentity();
  let redis: RedisServer;
  let tasks: [Task, Task];

  beforeAll(async () => {
    redis = await RedisServer.start(kind === "redis" ? {} : { args: ["--cluster-enabled", "yes"] });
    if (kind === "sharded-redis") await makeCluster(redis);
    const configuration: RedisConfiguration = {
      host: "127.0.0.1",
      port: redis.port,
      tls: false,
      user: undefined,
      auth: { kind: "none", password: undefined },
    };
    const start = (): Promise<Task> =>
      startTask({
        messages,
        identity,
        clusterAdapter: (log) => createClusterAdapter({ kind, redis: configuration, log }),
        realtime: { sweep: { recheckMs: 600_000 } },
      });
    tasks = await Promise.all([start(), start()]);
    await until(areConnected, "both reach Redis");
  });
  afterEach(closeClients);
  afterAll(async () => {
    for (const task of tasks) await task.close();
    await redis.close();
  });

  const areConnected = (): boolean => tasks.every(({ clusterAdapter }) => clusterAdapter.isConnected());

  async function pair() {
    const [near, far] = [agent(), agent()];
    const conversationId = randomUUID();
    for (const person of [near, far]) messages.admit(conversationId, person);
    const [nearSocket, farSocket] = [await connect(tasks[0], near), await connect(tasks[1], far)];
    for (const socket of [nearSocket, farSocket]) await ask(socket, "sync", { conversations: { [conversationId]: 0 } });
    const send = (body: string) =>
      ask(nearSocket, "message:send", { conversationId, clientMessageId: randomUUID(), body });
    return { near, far, nearSocket, farSocket, conversationId, send };
  }

  it("deliver to each other from the first message after joining", async () => {
    for (let i = 0; i < 20; i++) {
      const { nearSocket, farSocket, send } = await pair();
      const heard = collect(farSocket, "message");
      await send("right after");
      await until(() => heard.length === 1, "the other task hears it");
      nearSocket.disconnect();
      farSocket.disconnect();
    }
  });

  it("row 4: end each other's sessions and users", async () => {
    const { near, far, nearSocket, farSocket } = await pair();
    const ended = collect(farSocket, "session:ended");
    tasks[0].realtime.notifier.endSession(far.sessionId);
    await until(() => !farSocket.connected, "the socket of the session is closed");
    expect(ended).toEqual([{ reason: "signed-out" }]);
    tasks[1].realtime.notifier.endUser(near.userId);
    await until(() => !nearSocket.connected, "the socket of the person is closed");
  });

  it("row 23: remove a member from each other's rooms before any later message", async () => {
    const { far, farSocket, conversationId, send } = await pair();
    const heard = collect<unknown>(farSocket, "message");
    const removed = collect(farSocket, "conversation:removed");
    await send("before");
    messages.remove(conversationId, far);
    tasks[0].realtime.notifier.removeFromConversation(far.userId, conversationId);
    await send("after");
    await until(() => removed.length === 1 && heard.length === 1, "what came before has arrived");
    // By the time of a second message, the first one would have arrived.
    tasks[0].realtime.notifier.inboxChanged([far.userId], conversationId);
    await new Promise((resolve) => farSocket.once("inbox:changed", resolve));
    expect(heard).toMatchObject([{ body: "before" }]);
  });

  it("row 36: serve their own sockets without Redis, and ask clients to resync afterwards", async () => {
    const { far, nearSocket, farSocket, conversationId, send } = await pair();
    const [heardNear, heardFar] = [collect(nearSocket, "message"), collect(farSocket, "message")];
    const resyncs = collect(farSocket, "resync");
    await redis.kill();
    for (let i = 0; i < 5; i++) expect(await send(String(i))).toMatchObject({ ok: true });
    await until(() => heardNear.length === 5, "the sender's own task delivers");
    expect(heardFar).toEqual([]);
    await until(
      () => tasks.every(({ clusterAdapter }) => !clusterAdapter.isConnected()),
      "both tell that Redis is away",
    );
    // The notice of the removal is lost; subscriptions are revalidated when Redis is back.
    messages.remove(conversationId, far);
    tasks[0].realtime.notifier.removeFromConversation(far.userId, conversationId);
    await redis.start();
    if (kind === "sharded-redis") await until(areConnected, "the cluster kept its slots", 30_000);
    await until(areConnected, "both are back");
    await until(() => resyncs.length > 0, "the other task's clients are told");
    await until(() => !isIn(tasks[1], conversationId), "who was removed is out of the room");
  });

  function isIn({ realtime }: Task, conversationId: string): boolean {
    return realtime.io.sockets.adapter.rooms.has(`conv:${conversationId}`);
  }

  it("ignore malformed messages on their channels", async () => {
    const admin = await createClient({ url: redis.url }).connect();
    for (const channel of ["socket.io#/#", "socket.io-request#/#", "socket.io#/#conv:x#"]) {
      await admin.publish(channel, "no message");
    }
    for (const channel of ["socket.io{fan-out}#/#"]) if (kind === "sharded-redis") await admin.sPublish(channel, "{}");
    admin.destroy();
    const { farSocket, send } = await pair();
    const heard = collect(farSocket, "message");
    await send("still here");
    await until(() => heard.length === 1, "messages arrive as before");
  });
});
