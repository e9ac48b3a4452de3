import { type TargetSnapshot } from "./snapshot";

/** Measures how long each draining target may still take, from when it was first seen to drain. */
export class DrainClock {
  private readonly since = new Map<string, number>();

  /** @param budgetSec seconds from deregistration until the task is killed */
  constructor(private readonly budgetSec: number) {}

  /** Returns the seconds until the last draining target is gone at the latest; `undefined` when none drains. */
  secondsLeft(targets: readonly TargetSnapshot[], nowMs: number): number | undefined {
    const draining = targets.filter(({ state }) => state === "draining").map(({ id }) => id);
    for (const id of this.since.keys()) if (!draining.includes(id)) this.since.delete(id);
    for (const id of draining) if (!this.since.has(id)) this.since.set(id, nowMs);
    if (draining.length === 0) return undefined;
    const youngest = Math.max(...draining.map((id) => this.since.get(id) ?? nowMs));
    return Math.max(0, Math.round(this.budgetSec - (nowMs - youngest) / 1000));
  }
}
