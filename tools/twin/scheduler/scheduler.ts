import { backOffSec } from "./back-off";
import { type Command, type Event } from "./commands";
import { Deployment, type Revision } from "./deployment";
import { Fleet } from "./fleet";
import { type ScheduledTask } from "./scheduled-task";
import { type ServiceSettings } from "./settings";
import { ECS_TASKS, type TaskKind } from "./task-kind";

export interface SchedulerOptions {
  /** @default tasks of ECS */
  readonly kind?: TaskKind;
  readonly desiredCount: number;
  readonly settings: ServiceSettings;
  readonly revision: Revision;
  readonly nowMs: number;
  /** Carries out a command; commands come in order. */
  readonly command: (command: Command) => void;
  /** Receives the service's events, worded as in the ECS console. */
  readonly report: (message: string) => void;
  /** Receives each task that has ended. @default nobody */
  readonly stopped?: ((task: ScheduledTask) => void) | undefined;
}

/**
 * Models the ECS service scheduler for one service with rolling deployments, as a state machine without clock or processes:
 * every method takes the time in ms, and its decisions are emitted as commands. The same calls give the same commands.
 */
export class Scheduler {
  /** Newest first; the first one is the primary. */
  readonly deployments: Deployment[] = [];
  readonly tasks: ScheduledTask[] = [];
  desiredCount: number;

  private readonly kind: TaskKind;
  private settings: ServiceSettings;
  private readonly unhealthy = new Set<ScheduledTask>();
  /** Failures count against the deployment that started a task, also after a rollback has adopted it. */
  private readonly startedBy = new Map<ScheduledTask, Deployment>();
  private lastCompleted: Deployment | undefined;
  private failuresInARow = 0;
  private nextStartMs = 0;
  private taskNumber = 0;
  private deploymentNumber = 0;

  constructor(private readonly options: SchedulerOptions) {
    this.desiredCount = options.desiredCount;
    this.settings = options.settings;
    this.kind = options.kind ?? ECS_TASKS;
    this.addDeployment(options.revision, false);
    this.reconcile(options.nowMs);
  }

  get primary(): Deployment {
    return this.deployments[0]!;
  }

  /** True when every desired task is healthy and no other runs. */
  get isSteady(): boolean {
    return (
      this.primary.state === "COMPLETED" &&
      this.tasks.length === this.desiredCount &&
      this.healthyCount === this.desiredCount
    );
  }

  get healthyCount(): number {
    return this.fleet.healthyCount;
  }

  private get fleet(): Fleet {
    const { tasks, unhealthy, primary, desiredCount, settings } = this;
    return new Fleet({ tasks, unhealthy, primary, desiredCount, settings });
  }

  handle(event: Event, nowMs: number): void {
    const task = this.tasks.find(({ id }) => id === event.task);
    if (task === undefined) return;
    this.observe(task, () => task.handle(event, nowMs), nowMs);
    this.reconcile(nowMs);
  }

  /** Acts on every deadline that has passed. */
  tick(nowMs: number): void {
    for (const task of [...this.tasks]) this.observe(task, () => task.tick(nowMs), nowMs);
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

  /** Deploys a revision; with the running revision it is a forced new deployment. */
  deploy(revision: Revision, nowMs: number): void {
    this.failuresInARow = 0;
    this.nextStartMs = 0;
    this.addDeployment(revision, false);
    this.reconcile(nowMs);
  }

  /** Stops a task as a user would; the service replaces it. */
  stopTask(id: string, reason: string, nowMs: number): void {
    this.act(id, (task) => task.stop(reason, nowMs), nowMs);
  }

  /** Runs a step of a task, if it exists, and then decides what follows from it. */
  act(id: string, step: (task: ScheduledTask) => void, nowMs: number): void {
    const task = this.tasks.find((candidate) => candidate.id === id);
    if (task) this.observe(task, () => step(task), nowMs);
    this.reconcile(nowMs);
  }

  /** Returns the time of the next deadline, in ms; `undefined` when only an event can change anything. */
  nextDeadlineMs(nowMs: number): number | undefined {
    const deadlines = [...this.tasks.flatMap((task) => task.deadlinesMs()), this.nextStartMs];
    const ahead = deadlines.filter((deadlineMs) => deadlineMs > nowMs);
    return ahead.length > 0 ? Math.min(...ahead) : undefined;
  }

  private addDeployment(revision: Revision, isRollback: boolean): void {
    this.deploymentNumber++;
    this.deployments.unshift(new Deployment(`deployment-${this.deploymentNumber}`, revision, isRollback));
  }

  /** Runs a step of a task and records the changes of its state. */
  private observe(task: ScheduledTask, step: () => void, nowMs: number): void {
    const before = { phase: task.phase, everHealthy: task.everHealthy, isLive: task.isLive };
    step();
    if (before.phase === "PENDING" && task.phase === "RUNNING") this.startedBy.get(task)?.taskRuns();
    if (!before.everHealthy && task.everHealthy) this.failuresInARow = 0;
    if (before.isLive && !task.isLive && task.failed) this.taskFailed(task, nowMs);
    if (task.phase === "STOPPED") this.remove(task);
  }

  private taskFailed(task: ScheduledTask, nowMs: number): void {
    this.options.report(`${task.id} stopped: ${task.stopReason}`);
    if (!task.everHealthy && !this.unhealthy.has(task)) this.countFailure(task, nowMs);
  }

  /** Counts a task that never became healthy against its deployment, and delays the next starts. */
  private countFailure(task: ScheduledTask, nowMs: number): void {
    this.startedBy.get(task)?.taskFailed();
    this.failuresInARow++;
    this.nextStartMs = nowMs + backOffSec(this.failuresInARow) * 1000;
    if (this.nextStartMs > nowMs) {
      const seconds = backOffSec(this.failuresInARow);
      this.options.report(`is unable to consistently start tasks successfully: the next one in ${seconds} s`);
    }
  }

  private remove(task: ScheduledTask): void {
    this.tasks.splice(this.tasks.indexOf(task), 1);
    this.unhealthy.delete(task);
    this.startedBy.delete(task);
    this.options.stopped?.(task);
  }

  private reconcile(nowMs: number): void {
    this.findUnhealthy(nowMs);
    this.breakCircuit();
    this.stopSurplus(nowMs);
    this.startMissing(nowMs);
    this.complete();
  }

  /** Marks unhealthy tasks; a marked task is replaced even if its checks pass later. */
  private findUnhealthy(nowMs: number): void {
    for (const task of this.tasks) {
      const reason = task.unhealthyReason(nowMs);
      if (reason === undefined || this.unhealthy.has(task)) continue;
      this.unhealthy.add(task);
      this.options.report(`${task.id} is unhealthy: ${reason}`);
      if (task.everHealthy) this.startedBy.get(task)?.taskFailed();
      else this.countFailure(task, nowMs);
    }
  }

  private breakCircuit(): void {
    const { circuitBreaker } = this.settings;
    const failed = this.primary;
    const threshold = this.kind.failuresToStop(this.desiredCount);
    if (!circuitBreaker.enabled || failed.state !== "IN_PROGRESS" || failed.failedTasks < threshold) return;
    failed.state = "FAILED";
    this.options.report(
      `${failed.id} (${failed.revision.label}) failed: ${failed.failedTasks} ${this.kind.noun}s failed`,
    );
    if (!circuitBreaker.rollback || failed.isRollback || this.lastCompleted === undefined) return;
    this.failuresInARow = 0;
    this.nextStartMs = 0;
    this.rollBackTo(this.lastCompleted);
  }

  /** Makes an earlier deployment the primary again; those of its tasks that still run are kept. */
  private rollBackTo(target: Deployment): void {
    this.options.report(`is rolling back to ${target.id} (${target.revision.label})`);
    const rollback = new Deployment(target.id, target.revision, true);
    const others = this.deployments.filter(({ id }) => id !== target.id);
    this.deployments.splice(0, this.deployments.length, rollback, ...others);
  }

  private startMissing(nowMs: number): void {
    if (nowMs < this.nextStartMs) return;
    const count = this.fleet.startsNeeded;
    if (count === 0) return;
    this.options.report(`has started ${count} ${this.kind.noun}s of ${this.primary.revision.label}`);
    for (let index = 0; index < count; index++) {
      this.taskNumber++;
      const { id: deployment, revision } = this.primary;
      const id = `${this.kind.noun}-${this.taskNumber}`;
      const task = this.kind.create({
        spec: { id, deployment, containers: revision.containers },
        revision,
        settings: () => this.settings,
        emit: this.options.command,
        report: (message) => this.options.report(`${id}: ${message}`),
      });
      this.tasks.push(task);
      this.startedBy.set(task, this.primary);
      this.observe(task, () => task.start(nowMs), nowMs);
    }
  }

  private stopSurplus(nowMs: number): void {
    this.stopAll(this.fleet.surplus, "Scaling activity initiated by deployment", nowMs);
    this.stopAll(this.fleet.replaceableOld, "Scaling activity initiated by deployment", nowMs);
    this.stopAll(this.fleet.replaceableUnhealthy, "Task failed health checks", nowMs);
  }

  private stopAll(tasks: readonly ScheduledTask[], reason: string, nowMs: number): void {
    for (const task of tasks) {
      this.options.report(`has begun draining ${task.id}`);
      this.observe(task, () => task.stop(reason, nowMs), nowMs);
    }
  }

  private complete(): void {
    const deployment = this.primary;
    this.forgetFinished();
    const alone = this.tasks.every((task) => task.deployment === deployment.id);
    const done = alone && this.fleet.missing === 0 && this.healthyCount >= this.desiredCount;
    if (deployment.state !== "IN_PROGRESS" || !done) return;
    deployment.state = "COMPLETED";
    this.lastCompleted = deployment;
    this.options.report(`${deployment.id} (${deployment.revision.label}) completed: has reached a steady state`);
  }

  private forgetFinished(): void {
    const running = new Set(this.tasks.map(({ deployment }) => deployment));
    const kept = this.deployments.filter((deployment, index) => index === 0 || running.has(deployment.id));
    this.deployments.splice(0, this.deployments.length, ...kept);
  }
}
