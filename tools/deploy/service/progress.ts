import { type DrainClock } from "./drain-clock";
import { type DeploymentSnapshot, revisionOf, type ServiceSnapshot, type TargetSnapshot } from "./snapshot";

const TARGET_STATES = ["healthy", "initial", "unhealthy", "draining", "unused"] as const;

/** Renders what changed between two looks at a service: a line about its tasks, and new events. */
export class ServiceProgress {
  private last = "";
  private readonly seen: Set<string>;

  /** @param before the service before the deployment, whose events are not news */
  constructor(
    private readonly clock: DrainClock,
    before: ServiceSnapshot | undefined,
  ) {
    this.seen = new Set(before?.events.map(({ id }) => id));
  }

  /** Returns the lines to print, none when nothing changed. */
  lines(snapshot: ServiceSnapshot, nowMs: number): string[] {
    const events = snapshot.events.filter(({ id }) => !this.seen.has(id)).reverse();
    for (const { id } of events) this.seen.add(id);
    const state = stateLine(snapshot);
    const left = this.clock.secondsLeft(snapshot.targets, nowMs);
    const lines = events.map(({ message }) => `event: ${message}`);
    if (state !== this.last) lines.push(left === undefined ? state : `${state} (gone in at most ${left} s)`);
    this.last = state;
    return lines;
  }
}

/** Renders the tasks of each deployment and the targets: `revision 12: 1 of 2 running; targets: 2 healthy, 1 draining`. */
export function stateLine({ deployments, targets }: ServiceSnapshot): string {
  return [...deployments.map(deploymentText), targetsText(targets)].filter((text) => text !== "").join("; ");
}

function deploymentText({ taskDefinition, running, desired, pending, failed }: DeploymentSnapshot): string {
  const parts = [
    `${running} of ${desired} running`,
    ...(pending > 0 ? [`${pending} starting`] : []),
    ...(failed > 0 ? [`${failed} failed`] : []),
  ];
  return `revision ${revisionOf(taskDefinition)}: ${parts.join(", ")}`;
}

function targetsText(targets: readonly TargetSnapshot[]): string {
  const counts = TARGET_STATES.map((state) => [state, targets.filter((target) => target.state === state).length]);
  const parts = counts.flatMap(([state, count]) => (count === 0 ? [] : [`${count} ${state}`]));
  return parts.length === 0 ? "" : `targets: ${parts.join(", ")}`;
}
