import { type Fault } from "../fault";
import { withServer } from "../images";

/** A drain takes up to a minute, and a boot that fails as long as the contract allows a boot. */
const END_MS = 240_000;

/** Faults of pattern B: instances of EC2 with nginx and several processes each. */
export const instanceFaults: readonly Fault[] = [
  {
    name: "ec2-scaled-in",
    pattern: "ec2",
    what: "the group ends one of three instances: deregistration, drain by its agent, lifecycle hook",
    prepare: async ({ twin }) => {
      twin.scale(3);
      await twin.untilSteady();
    },
    act: async ({ twin }) => {
      twin.scale(2);
      await twin.untilSteady(END_MS);
    },
  },
  {
    name: "ec2-spot-notice",
    pattern: "ec2",
    what: "EC2 announces that it takes one of two instances back; the group starts another, then the first one drains",
    act: async (stage) => {
      const instance = stage.task(0);
      stage.twin.instances.interrupt(instance);
      await stage.untilGone(instance, END_MS);
      await stage.twin.untilSteady(END_MS);
    },
  },
  {
    name: "ec2-processes-restarted",
    pattern: "ec2",
    what: "the processes of one of two instances are restarted one after the other, as for a rotated secret",
    act: async (stage) => {
      const instance = stage.task(0);
      const restarted = stage.untilReported(new RegExp(`^${instance}: process-1 restarted`), END_MS);
      stage.twin.instances.restartProcesses(instance);
      await restarted;
    },
  },
  {
    name: "ec2-instance-killed",
    pattern: "ec2",
    what: "the machine of one of two instances is gone at once, nginx and processes included",
    act: async (stage) => {
      const instance = stage.task(0);
      stage.signal(instance, "SIGKILL");
      await stage.untilGone(instance, END_MS);
      await stage.twin.untilSteady(END_MS);
    },
  },
  {
    name: "ec2-refreshed",
    pattern: "ec2",
    what: "an instance refresh: two new instances boot and serve, then the old ones drain",
    act: async (stage) => {
      await stage.twin.deploy({ image: stage.built, force: true });
      await stage.twin.untilSteady(END_MS);
    },
  },
  {
    name: "ec2-refreshed-broken-and-back",
    pattern: "ec2",
    what: "a refresh to a version that exits at start stops before it has a client; the former image is applied again",
    deadly: true,
    act: async ({ twin, built }) => {
      await twin.deploy({ image: withServer(built, "broken-instance", "process.exit(1);") });
      await twin.until(({ deployments }) => deployments[0]?.state === "FAILED", END_MS);
      await twin.deploy({ image: built });
      await twin.untilSteady(END_MS);
    },
  },
];
