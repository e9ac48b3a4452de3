import { readFileSync } from "node:fs";
import { startTwin } from "../../tools/twin/start-twin";
import { type Twin } from "../../tools/twin/twin";
import { appliedInstances, FIXTURE_IMAGE, type InstanceChanges } from "./applied-topology";
import { echo, get, openSocket } from "./requests";

let twin: Twin;

/** The fixture drains for 0.1 s. */
const QUICK = { bootSec: 10, drainSec: 2 };

beforeAll(async () => {
  twin = await startTwin({ topology: changed(), image: FIXTURE_IMAGE });
  await twin.untilSteady();
});
afterAll(() => twin.stop());

function changed(changes: InstanceChanges = {}) {
  return appliedInstances({ ...changes, instance: { ...QUICK, ...changes.instance } });
}

function reports(): string[] {
  return twin.events.map(({ message }) => message);
}

/** Variables of the processes that answer, by process and address. */
async function answering(times = 12): Promise<Map<string, Record<string, string>>> {
  const found = new Map<string, Record<string, string>>();
  for (let time = 0; time < times; time++) {
    const environment = (await get(twin.url)).body["environment"] as Record<string, string>;
    found.set(`${environment["HOSTNAME"]} ${environment["PROCESS_NUMBER"]}`, environment);
  }
  return found;
}

it("runs the processes of each instance behind an nginx of its own", async () => {
  const { tasks } = twin.status();
  expect(tasks.map(({ id, target }) => [id, target])).toEqual([
    ["instance-1", "healthy"],
    ["instance-2", "healthy"],
  ]);
  expect(Object.keys(tasks[0]!.containers)).toEqual(["nginx", "process-0", "process-1"]);
  const processes = await answering();
  expect([...processes.keys()].map((key) => key.split(" ")[1]).sort()).toEqual(["0", "0", "1", "1"]);
  const [environment] = processes.values();
  expect(environment).toMatchObject({ NODE_ENV: "production", NEXTAUTH_URL: twin.url, REDIS_AUTH: "none" });
  expect(environment).not.toHaveProperty("DATABASE_MASTER_CREDENTIALS");
  expect(readFileSync(twin.logFile("instance-1", "migration"), "utf8")).toMatch(/DATABASE_MASTER_CREDENTIALS/);
});

it("sends what belongs to a session to the process that its id names", async () => {
  const { headers, environment } = (await get(`${twin.url}/socket.io/?sid=1.abc`)).body as {
    headers: Record<string, string>;
    environment: Record<string, string>;
  };
  expect(environment["PROCESS_NUMBER"]).toBe("1");
  expect(headers["x-forwarded-for"]).toBe("127.0.0.1");
  const socket = await openSocket(twin.url);
  expect(await echo(socket, "hello")).toMatch(/ hello$/);
  socket.close();
});

it("restarts processes one after the other, and starts one again that has ended", async () => {
  const [{ id, containers }] = twin.tasks() as [ReturnType<Twin["tasks"]>[number]];
  twin.instances.restartProcesses(id);
  await twin.until(() => reports().includes(`${id}: process-1 restarted`));
  expect(reports()).toContain(`${id}: process-0 restarted`);
  const restarted = twin.tasks().find((task) => task.id === id)!.containers;
  expect(restarted["nginx"]).toBe(containers["nginx"]);
  expect(restarted["process-0"]).not.toBe(containers["process-0"]);
  process.kill(restarted["process-0"]!, "SIGKILL");
  await twin.until(() => reports().some((report) => report.startsWith(`${id}: process-0 exited`)));
  await twin.until(({ tasks }) => {
    const pid = tasks.find((task) => task.id === id)?.containers["process-0"];
    return pid !== undefined && pid !== restarted["process-0"];
  });
});

it("stops a refresh to a version that does not boot before it has a client, and goes back", async () => {
  const before = twin.tasks().map(({ id }) => id);
  await twin.deploy({ topology: changed({ instance: { environment: { FIXTURE_SERVER: "exit" } } }) });
  await twin.until(({ deployments }) => deployments[0]?.state === "FAILED");
  expect(
    twin
      .tasks()
      .filter(({ target }) => target === "healthy")
      .map(({ id }) => id),
  ).toEqual(before);
  expect((await get(twin.url)).status).toBe(200);
  await twin.deploy({ topology: changed() });
  await twin.untilSteady();
  expect(twin.tasks().some(({ id }) => before.includes(id))).toBe(false);
});

it("replaces an instance after a Spot notice, and one whose machine is lost", async () => {
  const [interrupted, lost] = twin.tasks().map(({ id }) => id) as [string, string];
  twin.instances.interrupt(interrupted);
  await twin.until(({ tasks }) => tasks.every(({ id }) => id !== interrupted));
  await twin.untilSteady();
  twin.kill(lost);
  await twin.until(({ tasks }) => tasks.every(({ id }) => id !== lost));
  await twin.untilSteady();
  expect(twin.tasks()).toHaveLength(2);
});
