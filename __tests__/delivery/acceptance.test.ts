import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { DeleteDBSnapshotCommand, DescribeDBInstancesCommand } from "@aws-sdk/client-rds";
import { audit, isClean } from "../../bench/faults/audit/audit";
import { readStoredMessages } from "../../bench/faults/audit/stored-messages";
import { loadClient } from "../../bench/faults/app-packages";
import { Crowd } from "../../bench/faults/crowd/crowd";
import { createPeople } from "../../bench/faults/crowd/people";
import { copyOf, withServer } from "../../bench/faults/images";
import { databaseOf } from "../../bench/shared/topology";
import { smoke, type SmokeReport } from "../../tools/smoke/run-checks";
import { imageOf } from "../../tools/twin/tasks/image";
import { useCredentials } from "../tools/deploy/fixtures";
import { PointInTime } from "../twin/restore/point-in-time";
import { Delivery, STACK } from "./delivery";
import { GUIDE_COMMANDS } from "./guide-commands";
import { findingsOfDoctor } from "./doctor";
import { commandsOf } from "./documented";
import { remainingIn } from "./remaining";
import { type Result } from "./simulated-account";

const BUILT = imageOf(resolve(__dirname, "../../app/dist/image"));
/** What the server prints when a variable is missing, with the exit code of a wrong configuration. */
const BROKEN = 'console.error("DATABASE_URL: expected a value, got nothing"); process.exit(78);';
const CROWD = { visitors: 4, agents: 2 };
const MESSAGES_PER_SEC = 12;
const SETTLE_MS = 40_000;

useCredentials();

let delivery: Delivery;
const digests: Record<string, string> = {};

beforeAll(async () => {
  delivery = await Delivery.start();
});

afterAll(() => delivery?.end());

/** Checks the running environment by tools/smoke, with an idle socket of `idleSec`. */
function smokeOf(idleSec: number, disturb?: () => Promise<void>): Promise<SmokeReport> {
  const { url } = delivery.compute.twin;
  const session = join(delivery.folder, "smoke.json");
  const settings = { tasks: 2, messages: 10, timeoutSec: 30, readOnly: false, disturbSec: 120 } as const;
  return smoke({ url, origin: url, ...settings, idleSec, session, disturb });
}

function failed({ checks }: SmokeReport) {
  return checks.filter(({ status }) => status === "failed");
}

/** Lets people write messages while `work` goes on, and audits every one of them; they stay signed in as they were. */
async function underLoad(work: () => Promise<Result>): Promise<Result> {
  const { twin } = delivery.compute;
  await twin.untilSteady();
  const crowd = new Crowd(twin, await createPeople(twin, CROWD), await loadClient());
  try {
    await crowd.start();
    crowd.startWriting(MESSAGES_PER_SEC);
    const result = await work();
    await crowd.stopWriting();
    await crowd.untilSettled(SETTLE_MS);
    const claims = [...crowd.journal.attempts.values()];
    const written = new Set(claims.map(({ conversationId }) => conversationId));
    const stored = (await readStoredMessages(twin)).filter(({ conversationId }) => written.has(conversationId));
    const findings = audit(claims, stored, crowd.screens());
    expect(findings).toMatchObject({ lost: [], duplicated: [], missing: [] });
    expect(isClean(findings)).toBe(true);
    expect(claims.length).toBeGreaterThan(100);
    return result;
  } finally {
    crowd.stop();
  }
}

/** What the servers of all running tasks have as NEXTAUTH_SECRET, each value once. Source: proc(5), /proc/pid/environ. */
function secretsOfTasks(): string[] {
  const pids = delivery.compute.twin.tasks().map(({ containers }) => containers["app"]!);
  const values = pids.map(
    (pid) => /(?:^|\0)NEXTAUTH_SECRET=([^\0]*)/.exec(readFileSync(`/proc/${pid}/environ`, "utf8"))?.[1],
  );
  return [...new Set(values.map(String))];
}

it("prepares the account", async () => {
  const { code, output } = await delivery.bootstrap();
  expect(output).toContain("done: image repository messenger-crm");
  expect(code).toBe(0);
});

it("pushes three images by digest", async () => {
  digests["one"] = await delivery.push("one", BUILT);
  digests["two"] = await delivery.push("two", copyOf(BUILT, "delivery-two"));
  digests["broken"] = await delivery.push("broken", withServer(BUILT, "delivery-broken", BROKEN));
  expect(new Set(Object.values(digests)).size).toBe(3);
});

it("deploys an environment that does not exist yet, and waits for healthy tasks", async () => {
  const { code, output } = await delivery.deploy("--image", "one");
  expect(output).toContain(`${STACK} is steady on revision 1.`);
  expect(code).toBe(0);
  expect(delivery.compute.twin.status()).toMatchObject({ steady: true, desiredCount: 2 });
});

it.each(GUIDE_COMMANDS.map((each) => [each.command, each] as const))(
  "has what the guide makes by %s",
  async (_, { read, expected }) => {
    expect(await read(delivery.aws, STACK)).toMatchObject(expected);
  },
);

it("finds by verify that another image could be deployed, and that a tag which was never pushed could not", async () => {
  const { code, output } = await delivery.verify("--image", "two");
  expect([code, output]).toEqual([0, expect.stringContaining("secret-access") as string]);
  const missing = await delivery.verify("--image", "never");
  expect(missing.output).toContain("The image never cannot be deployed.");
  expect(missing.code).toBe(2);
});

it("runs the migration alone, beside the tasks, which stay as they are", async () => {
  const before = delivery.compute.twin.tasks().map(({ id }) => id);
  const { code, output } = await delivery.run("migrate", "--image", "two", "--yes");
  expect(output).toMatch(/command {2}node migrate\.js\n/);
  expect(output).toContain(`${STACK}: the database has every migration of `);
  expect(output).toContain(digests["two"]);
  expect(code).toBe(0);
  expect(delivery.compute.twin.tasks().map(({ id }) => id)).toEqual(before);
});

it("passes the smoke test, also while a task stops", async () => {
  const report = await smokeOf(30, () => delivery.stopTask());
  expect(failed(report)).toEqual([]);
  expect(report.checks.filter(({ status }) => status !== "passed")).toEqual([]);
});

it("deploys another image under load without losing an acknowledged message", async () => {
  const { code, output } = await underLoad(() => delivery.deploy("--image", "two"));
  expect(output).toContain(`${STACK} is steady on revision 2.`);
  expect(code).toBe(0);
});

it("rotates a secret under load: no acknowledged message is lost, and nobody signs in again", async () => {
  const before = secretsOfTasks();
  const { code, output } = await underLoad(() => delivery.run("secrets", "rotate", "NEXTAUTH_SECRET", "--yes"));
  expect(output).toContain("NEXTAUTH_SECRET: done.");
  expect(code).toBe(0);
  expect(before).toEqual([expect.stringMatching(/^\w{48}$/)]);
  expect(secretsOfTasks()).toEqual([expect.stringMatching(new RegExp(`^\\w{48},${before[0]}$`))]);
});

it("says why a broken image does not run, and keeps what ran", async () => {
  const { code, output } = await delivery.deploy("--image", "broken");
  expect(code).toBe(1);
  expect(output).toMatch(/expected revision 3 to become steady, but the deployment failed/);
  expect(output).toContain("Revision 2 runs.");
  expect(output).toMatch(/exit code 78/);
  expect(failed(await smokeOf(1))).toEqual([]);
  const status = await delivery.run("status", "--json");
  expect(JSON.parse(status.output)).toMatchObject({ steady: true, revision: 2, inStep: true });
});

it("prints the containers' log lines", async () => {
  const { code, output } = await delivery.run("logs", "--since", "1h", "--container", "app");
  expect(code).toBe(0);
  expect(output).toMatch(/^\S+Z {2}app\/[0-9a-f]{8} {2}\{/m);
  expect(output).toContain("DATABASE_URL: expected a value, got nothing");
});

it("returns to the image before, and Terraform has nothing to change about it", async () => {
  const { code, output } = await delivery.run("rollback", "--yes");
  expect(output).toContain(digests["one"]);
  expect(code).toBe(0);
  expect(failed(await smokeOf(1))).toEqual([]);
  expect((await delivery.deploy()).output).toContain("nothing to change");
});

it("is healthy for doctor", async () => {
  expect(await findingsOfDoctor(delivery)).toEqual([]);
});

it("returns to a point in time, with every message that was acknowledged by then", async () => {
  const { twin } = delivery.compute;
  const backup = await PointInTime.begin(twin);
  expect(failed(await smokeOf(1))).toEqual([]);
  const before = await readStoredMessages(twin);
  const time = await backup.now();
  await twin.database.sql("truncate message", databaseOf(twin));
  await backup.restore(time);
  expect(before.length).toBeGreaterThan(100);
  expect(await readStoredMessages(twin)).toEqual(before);
  expect(failed(await smokeOf(1))).toEqual([]);
});

describe("a database that was restored by the runbook", () => {
  const [ask, stop, restore, rename, tell, start, , end] = commandsOf("docs/runbooks/restore.md");
  /** The page names prod, and a moment that is in the past by now. */
  const place = `NAME=${STACK}; TIME=${new Date().toISOString()}\n`;
  const instances = async () => (await delivery.aws.rds.send(new DescribeDBInstancesCommand({}))).DBInstances ?? [];
  const idOf = async (name: string) =>
    (await instances()).find(({ DBInstanceIdentifier }) => DBInstanceIdentifier === name)?.DbiResourceId;

  it("has the old one's name, and Terraform goes on with it without replacing any", async () => {
    const before = await idOf(`${STACK}-db`);
    const steps = [ask!.replace(/^NAME=.*$/m, place), stop, restore, rename, tell, start].join("");
    const { status, output } = await delivery.documented(steps);
    if (status !== 0) throw new Error(output);
    expect(output).toContain("Import successful!");
    expect(await idOf(`${STACK}-db-before`)).toBe(before);
    expect(await idOf(`${STACK}-db`)).toMatch(/^db-/);
    expect(await idOf(`${STACK}-db-restored`)).toBeUndefined();
    expect(output).not.toMatch(/aws_db_instance\.\S+:? (?:must be |will be |is )?(?:replaced|destroyed|created)/);
    expect(output).toContain(`${STACK} runs 2 tasks`);
    expect((await delivery.deploy()).output).toContain("nothing to change");
    expect(failed(await smokeOf(1))).toEqual([]);
  });

  it("leaves nothing when the old one is deleted, but its last snapshot", async () => {
    const { status, output } = await delivery.documented(place + end!);
    if (status !== 0) throw new Error(output);
    expect((await instances()).map(({ DBInstanceIdentifier }) => DBInstanceIdentifier)).toEqual([`${STACK}-db`]);
    const DBSnapshotIdentifier = `${STACK}-db-before-final`;
    await delivery.aws.rds.send(new DeleteDBSnapshotCommand({ DBSnapshotIdentifier }));
  });
});

it("destroys everything but what is for all environments", async () => {
  const { code, output } = await delivery.destroy();
  expect(output).toMatch(/Terraform destroyed [1-9]\d+ resources/);
  expect(code).toBe(0);
  expect(delivery.compute.isRunning).toBe(false);
  // A revision that was deployed once stays registered, so that a rollback can return to it.
  const left = (await remainingIn(delivery.aws)).filter((name) => !name.startsWith("task definition "));
  expect(left).toEqual(["bucket messenger-crm-terraform-state"]);
});

it("sent nothing that AWS's API models refuse", async () => {
  expect((await delivery.simulator.report()).refused).toEqual([]);
});
