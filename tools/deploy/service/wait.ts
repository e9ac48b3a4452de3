import { type Clock } from "./clock";
import { type JudgedDeployment, type Outcome, outcomeOf } from "./outcome";
import { patientRead } from "./patient-read";
import { type ServiceProgress } from "./progress";
import { type ServiceSnapshot } from "./snapshot";

export interface WaitOptions {
  readonly read: () => Promise<ServiceSnapshot>;
  readonly deployment: JudgedDeployment;
  readonly progress: ServiceProgress;
  /** Longest wait, in seconds. */
  readonly timeoutSec: number;
  readonly print: (line: string) => void;
  readonly clock: Clock;
}

export type WaitOutcome = Exclude<Outcome, { kind: "in-progress" }> | { readonly kind: "timed-out" };

const POLL_MS = 5000;
/** DescribeServices right after UpdateService may still return the old deployment. */
const SETTLE_MS = 15_000;

/** Waits until a deployment is steady, failed or superseded, and prints what happens. A connection may be lost for two minutes. */
export async function waitForDeployment(options: WaitOptions): Promise<WaitOutcome> {
  const { read, deployment, progress, timeoutSec, print, clock } = options;
  const started = clock.now();
  for (;;) {
    const snapshot = await patientRead(read, { clock, print, subject: "the deployment" });
    const elapsed = clock.now() - started;
    for (const line of progress.lines(snapshot, clock.now())) print(`${elapsedText(elapsed)}  ${line}`);
    const outcome = outcomeOf(snapshot, deployment);
    const isEarly = outcome.kind === "superseded" && elapsed < SETTLE_MS;
    if (outcome.kind !== "in-progress" && !isEarly) return outcome;
    if (elapsed >= timeoutSec * 1000) return { kind: "timed-out" };
    await clock.sleep(POLL_MS);
  }
}

/** Prints what happens to a service until the signal; a failed read is skipped, for Terraform reports the errors that matter. */
export async function followService(
  { read, progress, print, clock }: Omit<WaitOptions, "deployment" | "timeoutSec">,
  signal: AbortSignal,
): Promise<void> {
  const started = clock.now();
  while (!signal.aborted) {
    const snapshot = await read().catch(() => undefined);
    const lines = snapshot === undefined || signal.aborted ? [] : progress.lines(snapshot, clock.now());
    for (const line of lines) print(`${elapsedText(clock.now() - started)}  ${line}`);
    await clock.sleep(POLL_MS, signal);
  }
}

/** Renders milliseconds as `03:25`. */
export function elapsedText(ms: number): string {
  const seconds = Math.round(ms / 1000);
  return [Math.floor(seconds / 60), seconds % 60].map((part) => String(part).padStart(2, "0")).join(":");
}
