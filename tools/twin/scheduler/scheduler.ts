import { type Service, type TargetGroup } from "../topology/topology";
import { backOffSec } from "./back-off";
import { type Command, type Event } from "./commands";
import { circuitBreakerThreshold, Deployment, type Revision } from "./deployment";
import { Task } from "./task";

/** Settings of the service that AWS changes in place. */
export type ServiceSettings = Pick<
  Service,
  "minimumHealthyPercent" | "maximumPercent" | "gracePeriodSec" | "circuitBreaker"
> &
  Pick<TargetGroup, "deregistrationDelaySec">;

export interface SchedulerOptions {
  readonly desiredCount: number;
  readonly settings: ServiceSettings;
  readonly revision: Revision;
  readonly nowMs: number;
  /** Takes what has to be done, in order. */
  readonly command: (command: Command) => void;
  /** Takes the service's events, worded as in ECS's console. */
  readonly say: (message: string) => void;
}

/**
 * ECS's service scheduler for one rolling service, as a state machine without clock or processes: every method takes the time
 * in ms, and what it wants done comes out as commands. The same calls give the same commands.
 */
export class Scheduler {
  /** Newest first; the first one is the primary. */
  readonly deployments: Deployment[] = [];
  readonly tasks: Task[] = [];
  desiredCount: number;

  private settings: ServiceSettings;
  private readonly unhealthy = new Set<Task>();
  /** A rollback takes over tasks that run, and is not to be blamed for them. */
  private readonly startedBy = new Map<Task, Deployment>();
  private lastCompleted: Deployment | undefined;
  private failuresInARow = 0;
  private nextStartMs = 0;
  private taskNumber = 0;
  private deploymentNumber = 0;

  constructor(private readonly options: SchedulerOptions) {
    this.desiredCount = options.desiredCount;
    this.settings = options.settings;
    this.addDeployment(options.revision, false);
    this.reconcile(options.nowMs);
  }

  get primary(): Deployment {
    return this.deployments[0]!;
  }

  /** All tasks wanted are healthy, and nothing else runs. */
  get isSteady(): boolean {
    return (
      this.primary.state === "COMPLETED" &&
      this.tasks.length === this.desiredCount &&
      this.healthyCount === this.desiredCount
    );
  }

  get healthyCount(): number {
    return this.tasks.filter((task) => task.isHealthy && !this.unhealthy.has(task)).length;
  }

  handle(event: Event, nowMs: number): void {
    const task = this.tasks.find(({ id }) => id === event.task);
    if (task === undefined) return;
    this.watching(task, () => task.handle(event, nowMs), nowMs);
    this.reconcile(nowMs);
  }

  /** Does what has come due by now. */
  tick(nowMs: number): void {
    for (const task of [...this.tasks]) this.watching(task, () => task.tick(nowMs), nowMs);
    this.reconcile(nowMs);
  }

  scale(desiredCount: number, nowMs: number): void {
    this.desiredCount = desiredCount;
    this.reconcile(nowMs);
  }

  configure(settings: ServiceSettings, nowMs: number): void {
    this.settings = settings;
    this.reconcile(nowMs);
  }

  /** Rolls a revision out; the same one again is a forced new deployment. */
  deploy(revision: Revision, nowMs: number): void {
    this.failuresInARow = 0;
    this.nextStartMs = 0;
    this.addDeployment(revision, false);
    this.reconcile(nowMs);
  }

  /** Stops a task from outside; the service replaces it. */
  stopTask(id: string, reason: string, nowMs: number): void {
    const task = this.tasks.find((candidate) => candidate.id === id);
    if (task) this.watching(task, () => task.stop(reason, nowMs), nowMs);
    this.reconcile(nowMs);
  }

  /** When `tick` is due next, in ms; `undefined` when only an event can change anything. */
  nextDeadlineMs(nowMs: number): number | undefined {
    const deadlines = [...this.tasks.flatMap((task) => task.deadlinesMs()), this.nextStartMs];
    const ahead = deadlines.filter((deadlineMs) => deadlineMs > nowMs);
    return ahead.length > 0 ? Math.min(...ahead) : undefined;
  }

  private addDeployment(revision: Revision, isRollback: boolean): void {
    this.deploymentNumber++;
    this.deployments.unshift(new Deployment(`deployment-${this.deploymentNumber}`, revision, isRollback));
  }

  /** Runs a step of a task, and takes note of what became of it. */
  private watching(task: Task, step: () => void, nowMs: number): void {
    const before = { phase: task.phase, everHealthy: task.everHealthy, isLive: task.isLive };
    step();
    if (before.phase === "PENDING" && task.phase === "RUNNING") this.startedBy.get(task)?.taskRuns();
    if (!before.everHealthy && task.everHealthy) this.failuresInARow = 0;
    if (before.isLive && !task.isLive && task.failed) this.taskFailed(task, nowMs);
    if (task.phase === "STOPPED") this.remove(task);
  }

  private taskFailed(task: Task, nowMs: number): void {
    this.options.say(`${task.id} stopped: ${task.stopReason}`);
    if (!task.everHealthy && !this.unhealthy.has(task)) this.countFailure(task, nowMs);
  }

  /** One that never was healthy counts against its deployment, and slows the next starts down. */
  private countFailure(task: Task, nowMs: number): void {
    this.startedBy.get(task)?.taskFailed();
    this.failuresInARow++;
    this.nextStartMs = nowMs + backOffSec(this.failuresInARow) * 1000;
    if (this.nextStartMs > nowMs) {
      const seconds = backOffSec(this.failuresInARow);
      this.options.say(`is unable to consistently start tasks successfully: the next one in ${seconds} s`);
    }
  }

  private remove(task: Task): void {
    this.tasks.splice(this.tasks.indexOf(task), 1);
    this.unhealthy.delete(task);
    this.startedBy.delete(task);
  }

  private reconcile(nowMs: number): void {
    this.findUnhealthy(nowMs);
    this.breakCircuit();
    this.stopSurplus(nowMs);
    this.startMissing(nowMs);
    this.complete();
  }

  /** Once found unhealthy, a task is replaced, whatever its checks say later. */
  private findUnhealthy(nowMs: number): void {
    for (const task of this.tasks) {
      const reason = task.unhealthyReason(nowMs);
      if (reason === undefined || this.unhealthy.has(task)) continue;
      this.unhealthy.add(task);
      this.options.say(`${task.id} is unhealthy: ${reason}`);
      if (task.everHealthy) this.startedBy.get(task)?.taskFailed();
      else this.countFailure(task, nowMs);
    }
  }

  private breakCircuit(): void {
    const { circuitBreaker } = this.settings;
    const broken = this.primary;
    const threshold = circuitBreakerThreshold(this.desiredCount);
    if (!circuitBreaker.enabled || broken.state !== "IN_PROGRESS" || broken.failedTasks < threshold) return;
    broken.state = "FAILED";
    this.options.say(`${broken.id} (${broken.revision.label}) failed: ${broken.failedTasks} tasks failed`);
    if (!circuitBreaker.rollback || broken.isRollback || this.lastCompleted === undefined) return;
    this.failuresInARow = 0;
    this.nextStartMs = 0;
    this.rollBackTo(this.lastCompleted);
  }

  /** Its tasks that still run become those of the primary again: nothing that works is replaced. */
  private rollBackTo(target: Deployment): void {
    this.options.say(`is rolling back to ${target.id} (${target.revision.label})`);
    const rollback = new Deployment(target.id, target.revision, true);
    const others = this.deployments.filter(({ id }) => id !== target.id);
    this.deployments.splice(0, this.deployments.length, rollback, ...others);
  }

  private get live(): Task[] {
    return this.tasks.filter(({ isLive }) => isLive);
  }

  private ofPrimary(tasks: readonly Task[]): Task[] {
    return tasks.filter(({ deployment }) => deployment === this.primary.id);
  }

  /** Rounded down, as AWS does. */
  private get ceiling(): number {
    return Math.floor((this.desiredCount * this.settings.maximumPercent) / 100);
  }

  /** Rounded up, as AWS does. */
  private get floor(): number {
    return Math.ceil((this.desiredCount * this.settings.minimumHealthyPercent) / 100);
  }

  /** Tasks of the primary that are missing, unhealthy ones not counted. */
  private get missing(): number {
    if (this.primary.state === "FAILED") return 0;
    const good = this.ofPrimary(this.live).filter((task) => !this.unhealthy.has(task)).length;
    return Math.max(0, this.desiredCount - good);
  }

  private wantedStarts(): number {
    return Math.min(this.missing, Math.max(0, this.ceiling - this.live.length));
  }

  private startMissing(nowMs: number): void {
    if (nowMs < this.nextStartMs) return;
    const count = this.wantedStarts();
    if (count === 0) return;
    this.options.say(`has started ${count} tasks of ${this.primary.revision.label}`);
    for (let index = 0; index < count; index++) {
      this.taskNumber++;
      const task = new Task(
        {
          id: `task-${this.taskNumber}`,
          deployment: this.primary.id,
          containers: this.primary.revision.containers,
        },
        () => this.settings,
        this.options.command,
      );
      this.tasks.push(task);
      this.startedBy.set(task, this.primary);
      this.watching(task, () => task.start(nowMs), nowMs);
    }
  }

  private stopSurplus(nowMs: number): void {
    this.stopAll(this.surplusOfPrimary(), "Scaling activity initiated by deployment", nowMs);
    this.stopAll(this.replaceableOld(), "Scaling activity initiated by deployment", nowMs);
    this.stopAll(this.replaceableUnhealthy(), "Task failed health checks", nowMs);
  }

  private stopAll(tasks: readonly Task[], reason: string, nowMs: number): void {
    for (const task of tasks) {
      this.options.say(`has begun draining ${task.id}`);
      this.watching(task, () => task.stop(reason, nowMs), nowMs);
    }
  }

  /** More good tasks than wanted: those that do not serve yet first, then the oldest. */
  private surplusOfPrimary(): Task[] {
    const good = this.ofPrimary(this.live).filter((task) => !this.unhealthy.has(task));
    const ordered = [...good.filter((task) => !task.isHealthy).reverse(), ...good.filter((task) => task.isHealthy)];
    return ordered.slice(0, Math.max(0, good.length - this.desiredCount));
  }

  /**
   * Tasks of older deployments that may go now. What does not serve goes at once. What serves goes when newer tasks serve in its
   * place; where the ceiling leaves no room for those, it goes as far as the floor allows.
   */
  private replaceableOld(): Task[] {
    const old = this.live.filter(({ deployment }) => deployment !== this.primary.id);
    if (this.primary.state === "FAILED") return [];
    const idle = old.filter((task) => !task.isHealthy || this.unhealthy.has(task));
    const serving = old.filter((task) => !idle.includes(task));
    const noRoom = this.missing > 0 && this.live.length - idle.length >= this.ceiling;
    const spare = this.healthyCount - (noRoom ? this.floor : this.desiredCount);
    return [...idle, ...serving.slice(0, Math.max(0, spare))];
  }

  /** Unhealthy tasks go once their replacements serve; one at a time where the ceiling leaves no room for replacements. */
  private replaceableUnhealthy(): Task[] {
    const waiting = this.ofPrimary(this.live).filter((task) => this.unhealthy.has(task));
    if (waiting.length === 0) return [];
    if (this.primary.state === "FAILED") return [];
    if (this.healthyCount >= this.desiredCount) return waiting;
    const noRoom = this.missing > 0 && this.live.length >= this.ceiling;
    const others = this.ofPrimary(this.live).filter((task) => !this.unhealthy.has(task));
    return noRoom && others.every((task) => task.isHealthy) ? waiting.slice(0, 1) : [];
  }

  private complete(): void {
    const deployment = this.primary;
    this.forgetFinished();
    const alone = this.tasks.every((task) => task.deployment === deployment.id);
    const done = alone && this.missing === 0 && this.healthyCount >= this.desiredCount;
    if (deployment.state !== "IN_PROGRESS" || !done) return;
    deployment.state = "COMPLETED";
    this.lastCompleted = deployment;
    this.options.say(`${deployment.id} (${deployment.revision.label}) completed: has reached a steady state`);
  }

  private forgetFinished(): void {
    const running = new Set(this.tasks.map(({ deployment }) => deployment));
    const kept = this.deployments.filter((deployment, index) => index === 0 || running.has(deployment.id));
    this.deployments.splice(0, this.deployments.length, ...kept);
  }
}
