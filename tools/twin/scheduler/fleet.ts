import { type Deployment } from "./deployment";
import { type ScheduledTask } from "./scheduled-task";
import { type ServiceSettings } from "./settings";

export interface FleetState {
  readonly tasks: readonly ScheduledTask[];
  /** Tasks that were found unhealthy and are to be replaced. */
  readonly unhealthy: ReadonlySet<ScheduledTask>;
  readonly primary: Deployment;
  readonly desiredCount: number;
  readonly settings: Pick<ServiceSettings, "minimumHealthyPercent" | "maximumPercent">;
}

/** Decides from the tasks at one moment how many to start and which to stop, within the service's healthy percents. */
export class Fleet {
  constructor(private readonly state: FleetState) {}

  get healthyCount(): number {
    return this.state.tasks.filter((task) => task.isHealthy && this.isGood(task)).length;
  }

  /** Tasks that the primary deployment lacks; unhealthy ones count as missing. */
  get missing(): number {
    const { primary, desiredCount } = this.state;
    if (primary.state === "FAILED") return 0;
    return Math.max(0, desiredCount - this.goodOfPrimary.length);
  }

  get startsNeeded(): number {
    return Math.min(this.missing, Math.max(0, this.ceiling - this.live.length));
  }

  /** Healthy tasks above the desired count: those that do not serve yet first, then the oldest. */
  get surplus(): ScheduledTask[] {
    const good = this.goodOfPrimary;
    const ordered = [...good.filter((task) => !task.isHealthy).reverse(), ...good.filter((task) => task.isHealthy)];
    return ordered.slice(0, Math.max(0, good.length - this.state.desiredCount));
  }

  /**
   * Tasks of older deployments that can stop now. A task that does not serve stops at once. One that serves stops when newer tasks
   * serve in its place or, where the maximum percent leaves no room for those, down to the minimum healthy percent.
   */
  get replaceableOld(): ScheduledTask[] {
    const { primary, desiredCount } = this.state;
    if (primary.state === "FAILED") return [];
    const old = this.live.filter(({ deployment }) => deployment !== primary.id);
    const idle = old.filter((task) => !task.isHealthy || !this.isGood(task));
    const serving = old.filter((task) => !idle.includes(task));
    const noRoom = this.missing > 0 && this.live.length - idle.length >= this.ceiling;
    const spare = this.healthyCount - (noRoom ? this.floor : desiredCount);
    return [...idle, ...serving.slice(0, Math.max(0, spare))];
  }

  /** Unhealthy tasks that can stop now: all once their replacements serve, or one where there is no room for a replacement. */
  get replaceableUnhealthy(): ScheduledTask[] {
    const { primary, desiredCount } = this.state;
    const waiting = this.ofPrimary.filter((task) => !this.isGood(task));
    if (waiting.length === 0 || primary.state === "FAILED") return [];
    if (this.healthyCount >= desiredCount) return waiting;
    const noRoom = this.missing > 0 && this.live.length >= this.ceiling;
    return noRoom && this.goodOfPrimary.every((task) => task.isHealthy) ? waiting.slice(0, 1) : [];
  }

  private get live(): ScheduledTask[] {
    return this.state.tasks.filter(({ isLive }) => isLive);
  }

  private get ofPrimary(): ScheduledTask[] {
    return this.live.filter(({ deployment }) => deployment === this.state.primary.id);
  }

  private get goodOfPrimary(): ScheduledTask[] {
    return this.ofPrimary.filter((task) => this.isGood(task));
  }

  private isGood(task: ScheduledTask): boolean {
    return !this.state.unhealthy.has(task);
  }

  /** Most tasks that may run, rounded down as AWS does. */
  private get ceiling(): number {
    return Math.floor((this.state.desiredCount * this.state.settings.maximumPercent) / 100);
  }

  /** Fewest healthy tasks, rounded up as AWS does. */
  private get floor(): number {
    return Math.ceil((this.state.desiredCount * this.state.settings.minimumHealthyPercent) / 100);
  }
}
