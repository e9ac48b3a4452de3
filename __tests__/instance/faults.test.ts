import { setTimeout as wait } from "node:timers/promises";
import { loadClient } from "../../bench/faults/app-packages";
import { audit, isClean } from "../../bench/faults/audit/audit";
import { readStoredMessages } from "../../bench/faults/audit/stored-messages";
import { Crowd } from "../../bench/faults/crowd/crowd";
import { createPeople } from "../../bench/faults/crowd/people";
import { freePort } from "../../tools/servers/free-port";
import { scaledMs } from "../helpers/time-limits";
import { Ground } from "./machine/ground";
import { type Instance } from "./machine/instance";
import { Site } from "./machine/site";

const PEOPLE = { visitors: 8, agents: 4 };
const MESSAGES_PER_SEC = 24;
const SETTLE_MS = 60_000;

let ground: Ground;
let site: Site;
let crowd: Crowd;
/** Two instances that are in service, the oldest first. */
let serving: Instance[];

beforeAll(async () => {
  ground = await Ground.open();
  site = await Site.open(ground, await freePort());
  serving = [await site.launch(), await site.launch()];
  crowd = new Crowd(site.asTwin, await createPeople(site.asTwin, PEOPLE), await loadClient());
  await crowd.start();
  crowd.startWriting(MESSAGES_PER_SEC);
  await wait(2000);
});
afterAll(async () => {
  crowd?.stop();
  await site?.close();
  await ground?.close();
});

async function logOf({ machine }: Instance): Promise<string> {
  return (await machine.run("cat /var/log/app/instance.log")).output;
}

async function pidsOf({ machine }: Instance): Promise<string[]> {
  return (await machine.must("systemctl show -P MainPID app@0 app@1")).split(/\s+/);
}

it("restarts the processes of an instance one after the other when a secret is rotated", async () => {
  const [instance] = serving as [Instance];
  const before = await pidsOf(instance);
  expect((await instance.machine.run("systemctl start app-refresh")).code).toBe(0);
  expect(await pidsOf(instance)).toEqual(before);
  instance.rotate();
  expect((await instance.machine.run("systemctl start app-refresh")).code).toBe(0);
  const after = await pidsOf(instance);
  expect(after.filter((pid) => before.includes(pid))).toEqual([]);
  expect(await logOf(instance)).toMatch(/process 0 restarted\n.*process 1 restarted/);
  const environment = await instance.machine.must(`tr '\\0' '\\n' </proc/${after[0]}/environ`);
  expect(environment).toContain("NEXTAUTH_SECRET=rotated");
});

it("starts another process for one that no longer answers", async () => {
  const [{ machine }] = serving as [Instance];
  const before = await pidsOf(serving[0]!);
  // The agent waits for the time of a boot.
  await machine.must("sed -i 's/^BOOT_SEC=.*/BOOT_SEC=3/' /etc/app/settings; systemctl restart app-agent");
  await machine.must("systemctl kill --kill-whom=main --signal=STOP app@1");
  await site.until(async () => (await pidsOf(serving[0]!))[1] !== before[1]);
  expect(await logOf(serving[0]!)).toContain("process 1 has not answered for 3 s");
  await machine.must("sed -i 's/^BOOT_SEC=.*/BOOT_SEC=60/' /etc/app/settings; systemctl restart app-agent");
  await machine.must(". /usr/local/libexec/app/common; until_healthy $((FIRST_PORT + 1))");
});

it("drains an instance that the group ends, and completes the lifecycle action afterwards", async () => {
  serving.push(await site.launch());
  const instance = serving.shift()!;
  await site.terminate(instance);
  await site.until(() => instance.completedHooks.length === 2);
  expect(instance.completedHooks).toEqual(["launching CONTINUE", "terminating CONTINUE"]);
  expect(await logOf(instance)).toMatch(/draining: the group ends this instance\n.* drained/);
  expect((await instance.machine.run("systemctl is-active app@0 app@1")).output).toBe("inactive\ninactive\n");
  expect((await fetch(`${instance.url}/api/health`)).status).toBe(503);
  await instance.machine.powerOff();
});

it("has the group replace an instance that a Spot notice ends, and drains it", async () => {
  serving.push(await site.launch());
  const instance = serving.shift()!;
  instance.aws.metadata.set("spot/instance-action", JSON.stringify({ action: "terminate" }));
  await site.until(() => instance.aws.called("autoscaling set-instance-health").length === 1);
  expect(instance.aws.commands.at(-1)).toMatch(/--instance-id i-\w+ --health-status Unhealthy/);
  expect((await fetch(`${instance.url}/api/health`)).status).toBe(503);
  await site.terminate(instance);
  await site.until(() => instance.completedHooks.length === 2);
  await instance.machine.kill();
});

it("goes on when an instance disappears", async () => {
  serving.push(await site.launch());
  await serving.shift()!.machine.kill();
  await site.until(() => crowd.away === 0);
  await wait(2000);
});

it("has lost and doubled no message in any of these", async () => {
  await crowd.stopWriting();
  await crowd.untilSettled(scaledMs(SETTLE_MS));
  const attempts = [...crowd.journal.attempts.values()];
  const findings = audit(attempts, await readStoredMessages(site.asTwin), crowd.screens());
  expect(findings).toEqual({
    lost: [],
    unexpected: [],
    duplicated: [],
    disordered: [],
    missing: [],
    unacknowledged: [],
  });
  expect(isClean(findings)).toBe(true);
  expect(attempts.length).toBeGreaterThan(500);
});
