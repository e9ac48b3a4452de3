import { MemoryLog } from "../helpers/memory-log";
import { agent } from "../helpers/principals";
import { closeClients, connect, ORIGIN, startTask, type Task } from "../helpers/task";

const running: Task[] = [];

afterEach(async () => {
  closeClients();
  await Promise.all(running.splice(0).map((task) => task.close()));
});

async function start(processNumber?: number): Promise<Task> {
  const task = await startTask({ messages: new MemoryLog(), realtime: { processNumber } });
  running.push(task);
  return task;
}

async function sessionIdOf({ url }: Task): Promise<string> {
  const response = await fetch(`${url}/socket.io/?EIO=4&transport=polling`, { headers: { origin: ORIGIN } });
  return (JSON.parse((await response.text()).slice(1)) as { sid: string }).sid;
}

it("begins session ids with the number of the process and a dot", async () => {
  const task = await start(0);
  const [first, second] = [await sessionIdOf(task), await sessionIdOf(task)];
  expect(first).toMatch(/^0\.[\w-]{20}$/);
  expect(second).not.toBe(first);
  expect(await sessionIdOf(await start(12))).toMatch(/^12\.[\w-]{20}$/);
});

it("leaves session ids as they are without a number", async () => {
  expect(await sessionIdOf(await start())).toMatch(/^[\w-]{20}$/);
});

it("upgrades a session with a number from polling to WebSocket", async () => {
  const task = await start(3);
  const socket = await connect(task, agent(), { transports: ["polling", "websocket"] });
  const { engine } = socket.io;
  if (engine.transport.name !== "websocket") await new Promise((resolve) => engine.once("upgrade", resolve));
  expect(engine.transport.name).toBe("websocket");
  expect(engine.id).toMatch(/^3\./);
});
