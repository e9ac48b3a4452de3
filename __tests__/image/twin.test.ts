import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { buildImage } from "../../tools/image/build-image";
import { output } from "../../tools/programs/output";
import { RawSocket } from "../../tools/load/raw-socket";
import { containerImageOf } from "../../tools/twin/tasks/image";
import { startTwin } from "../../tools/twin/start-twin";
import { type TaskStatus } from "../../tools/twin/status/status";
import { removeContainers } from "../../tools/twin/tasks/container-runner";
import { type Twin } from "../../tools/twin/twin";
import { ROOT } from "../helpers/run-program";
import { scaledMs } from "../helpers/time-limits";
import { createVisitor } from "../helpers/visitor";
import { appliedTopology } from "../twin/applied-topology";

const IMAGE = "localhost/messenger-crm:test";
/** Seconds. A task of dev has a quarter of a CPU and starts as slowly as on Fargate. */
const GRACE_SEC = 180;
/** Differs from the image's user, to show that the task definition's applies. */
const USER = "1002:1002";

let twin: Twin;

beforeAll(async () => {
  await buildImage({ context: `${ROOT}/app`, name: IMAGE, print: (line) => process.stderr.write(`${line}\n`) });
  const topology = appliedTopology({
    service: { health_check_grace_period_seconds: GRACE_SEC },
    app: { user: USER, stopTimeout: 30 },
  });
  twin = await startTwin({ topology, image: await containerImageOf(IMAGE) });
  await twin.untilSteady(scaledMs(300_000));
});
afterAll(() => twin?.stop());

function containersOf(label: string): Promise<string> {
  return output("podman", ["ps", "--all", "--quiet", `--filter=label=twin=${label}`]);
}

/** Reads the properties of a task's app process from /proc. */
function factsOf({ containers }: TaskStatus) {
  const pid = containers["app"];
  const read = (file: string): string => readFileSync(`/proc/${pid}/${file}`, "utf8");
  const mounted = (path: string): string | undefined =>
    new RegExp(`^(?:\\S+ ){4}${path} (\\w+)`, "m").exec(read("mountinfo"))?.[1];
  return {
    command: read("cmdline").split("\0").slice(0, 2),
    user: ["Uid", "Gid"].map((name) => new RegExp(`^${name}:\\s+(\\d+)`, "m").exec(read("status"))?.[1]).join(":"),
    capabilities: [...read("status").matchAll(/^Cap...:\s+(\S+)/gm)].map(([, bits]) => Number(`0x${bits}`)),
    mounts: { "/": mounted("/"), "/tmp": mounted("/tmp") },
    memoryMiB: memoryLimit(read("cgroup")) / 2 ** 20,
  };
}

/** Returns the memory limit in bytes, of cgroups v1 or v2. @param groups content of /proc/<pid>/cgroup */
function memoryLimit(groups: string): number {
  const [, version1] = /^\d+:memory:(.*)$/m.exec(groups) ?? [];
  const [, version2] = /^0::(.*)$/m.exec(groups) ?? [];
  const file = version1 === undefined ? `${version2}/memory.max` : `memory${version1}/memory.limit_in_bytes`;
  return Number(readFileSync(join("/sys/fs/cgroup", file), "utf8"));
}

it("runs the applied topology in containers of the image, with its user and capabilities, and serves requests", async () => {
  expect(twin.tasks().map(factsOf)).toEqual(
    Array(2).fill({
      command: ["node", "server.js"],
      user: USER,
      capabilities: [0, 0, 0, 0, 0],
      mounts: { "/": "ro", "/tmp": "rw" },
      memoryMiB: twin.topology.task.memoryMiB,
    }),
  );
  const substitutions = twin.status().substitutions.map(({ here }) => here);
  expect(substitutions).toContain(`${IMAGE}, in containers with podman`);
  const { ticket, conversationId } = await createVisitor(twin.url, "Vera");
  const socket = await RawSocket.connect({ server: twin.url, auth: { ticket }, headers: { origin: twin.url } });
  const message = { conversationId, clientMessageId: randomUUID(), body: "from a container" };
  expect(await socket.request("message:send", message)).toMatchObject({ ok: true, seq: 1 });

  // The init process forwards SIGTERM; when it is killed, the whole container ends.
  const [first, second] = twin.tasks();
  twin.stopTask(first!.id);
  twin.kill(second!.id);
  await twin.until(({ tasks }) => !tasks.some(({ id }) => id === first!.id || id === second!.id));
  expect(readFileSync(twin.logFile(first!.id), "utf8")).toContain("drained");
  expect(twin.events.map(({ message: text }) => text)).toContain(
    `${second!.id} stopped: Essential container in task exited (app: exit code 137)`,
  );
  const label = basename(twin.folder);
  expect(await containersOf(label)).not.toBe("");
  await twin.stop();
  expect(await containersOf(label)).toBe("");
});

it("removes the containers of a killed twin", async () => {
  // No twin has this label: their numbers begin above 0.
  const label = "twin-0";
  await output("podman", ["create", `--label=twin=${label}`, IMAGE]);
  expect(await containersOf(label)).not.toBe("");
  await removeContainers(label);
  expect(await containersOf(label)).toBe("");
});

it("refuses a missing image with one sentence", async () => {
  await expect(containerImageOf("localhost/nothing:1")).rejects.toThrow(
    "--image: podman has no image localhost/nothing:1. Run podman images to list them.",
  );
});
