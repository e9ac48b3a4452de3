import { STOP_MARGIN_SEC } from "../core/drain";
import { type CompleteEc2ServiceProps } from "./defaults";

/** Seconds from a launch to the start of the migration: kernel, packages, the image's layers. A generous estimate for the smallest type. */
const SET_UP_SEC = 240;

/** Seconds until the agent of an instance notices that the instance ends: its polling interval, with a slow answer. */
const NOTICE_SEC = 10;

/** Seconds between a Spot interruption notice and the end of the instance. Source: EC2 user guide, "Spot Instance interruption notices". */
const SPOT_NOTICE_SEC = 120;

/** Longest drain that ends within the notice of a Spot interruption, in seconds. */
export const LONGEST_SPOT_DRAIN_SEC = SPOT_NOTICE_SEC - STOP_MARGIN_SEC - 5;

/** Shortest and longest timeout of a lifecycle hook, in seconds. Source: EC2 Auto Scaling API reference, PutLifecycleHook.HeartbeatTimeout. */
const HOOK_SEC = { min: 30, max: 7200 };

/** Longest boot and migration together, in seconds. */
export const LONGEST_LAUNCH_SEC = HOOK_SEC.max - SET_UP_SEC;

type Times = Pick<CompleteEc2ServiceProps, "bootSec" | "drainSec" | "migration" | "loadBalancer">;

/** Returns the seconds after which an instance that has not become healthy is given up: set-up, migration and boot of the processes. */
export function launchBudgetSec({ bootSec, migration }: Pick<Times, "bootSec" | "migration">): number {
  return SET_UP_SEC + (migration?.timeoutSec ?? 0) + bootSec;
}

/** Returns the seconds after which an instance ends even if its agent has not reported the end of the drain. */
export function drainBudgetSec({ drainSec }: Pick<Times, "drainSec">): number {
  return Math.max(HOOK_SEC.min, NOTICE_SEC + drainSec + STOP_MARGIN_SEC);
}

/** Returns how long the replacement of one instance takes at most when nothing fails, in seconds. */
export function replacementSec(times: Times): number {
  const { healthySec, deregistrationDelaySec } = times.loadBalancer;
  return launchBudgetSec(times) + healthySec + deregistrationDelaySec + drainBudgetSec(times);
}
