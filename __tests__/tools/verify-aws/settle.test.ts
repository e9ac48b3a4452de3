import { type ServiceSnapshot } from "../../../tools/deploy/service/snapshot";
import { untilSettled } from "../../../tools/verify-aws/settle";

const DEPLOYMENT = { rollout: "COMPLETED" } as ServiceSnapshot["deployments"][number];

function snapshot(running: number, ...states: readonly string[]): ServiceSnapshot {
  const targets = states.map((state) => ({ state })) as unknown as ServiceSnapshot["targets"];
  return { deployments: [DEPLOYMENT], desired: 2, running, targets } as unknown as ServiceSnapshot;
}

/** Returns how many looks it took, of snapshots that come one after the other; the last one stays. */
async function looksAt(...snapshots: readonly ServiceSnapshot[]): Promise<number> {
  let looks = 0;
  let now = 0;
  await untilSettled({
    read: () => Promise.resolve(snapshots[Math.min(looks++, snapshots.length - 1)]!),
    clock: {
      now: () => now,
      sleep: (ms) => {
        now += ms;
        return Promise.resolve();
      },
    },
    print: () => undefined,
    timeoutSec: 60,
  });
  return looks;
}

it("waits for the task that replaces a stopped one, and for its target", async () => {
  const healthy = snapshot(2, "healthy", "healthy");
  await expect(looksAt(healthy)).resolves.toBe(1);
  await expect(looksAt(snapshot(1, "healthy", "draining"), snapshot(2, "healthy", "initial"), healthy)).resolves.toBe(
    3,
  );
});

it("gives up after the longest wait, so that doctor says what is wrong", async () => {
  await expect(looksAt(snapshot(1, "healthy"))).resolves.toBe(12);
});
