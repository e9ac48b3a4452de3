import { type Command, type Event, type Exit, type TargetHealth } from "../scheduler/commands";
import { ContainerSet } from "../scheduler/container-set";
import { type ScheduledTask, type TaskPhase } from "../scheduler/scheduled-task";
import { type NewTask } from "../scheduler/task-kind";
import { type Group } from "../topology/topology";
import { Restarts } from "./restarts";

/** The interval at which the agent of an instance asks the instance metadata whether the instance ends. */
const POLL_MS = 5000;
/** Source: EC2 user guide, "Spot Instance interruption notices". */
const SPOT_NOTICE_MS = 120_000;
/** A drain after a Spot notice ends this long before the instance does. */
const SPOT_MARGIN_MS = 15_000;

/**
 * One instance of an Auto Scaling group, as a state machine: boots until its launch hook is completed, registers with the load balancer,
 * restarts processes that end, drains when its agent notices that it ends, and terminates when the load balancer has deregistered it and the
 * terminate hook is completed or has timed out.
 */
export class Instance implements ScheduledTask {
  readonly id: string;
  readonly deployment: string;
  phase: TaskPhase = "PENDING";
  targetHealth: TargetHealth | undefined;
  everHealthy = false;
  stopReason: string | undefined;
  failed = false;

  private readonly containers: ContainerSet;
  private readonly restarts: Restarts;
  private readonly emit: (command: Command) => void;
  private launchEndsMs = 0;
  /** When all processes have to be healthy; infinite until they are started. */
  private bootEndsMs = Number.POSITIVE_INFINITY;
  private inServiceSinceMs = 0;
  private isWarm = false;
  /** The machine does not exist any more. */
  private isLost = false;
  private isDraining = false;
  private drainsAtMs = Number.POSITIVE_INFINITY;
  /** When EC2 takes the instance back after a Spot notice; infinite without one. */
  private noticeEndsMs = Number.POSITIVE_INFINITY;
  private deregisteredAtMs = Number.POSITIVE_INFINITY;
  private hookEndsMs = Number.POSITIVE_INFINITY;

  constructor(
    private readonly group: Group,
    private readonly options: NewTask,
  ) {
    const { spec, emit, report } = options;
    this.id = spec.id;
    this.deployment = spec.deployment;
    this.emit = emit;
    this.containers = new ContainerSet(spec.id, spec.containers, emit);
    const { processes, bootSec } = group;
    this.restarts = new Restarts({ containers: this.containers, processes, bootSec, report });
  }

  get isLive(): boolean {
    return this.phase === "PENDING" || this.phase === "RUNNING";
  }

  /** An instance counts for the group after its warm-up. */
  get isHealthy(): boolean {
    return this.phase === "RUNNING" && this.targetHealth === "healthy" && this.isWarm;
  }

  get exits(): Readonly<Record<string, Exit>> {
    return this.containers.exits;
  }

  start(nowMs: number): void {
    this.launchEndsMs = nowMs + this.group.launchHookSec * 1000;
    this.emit({ kind: "create-task", task: this.id, deployment: this.deployment });
    this.boot(nowMs);
  }

  /** Restarts the processes one after the other, as `/usr/local/libexec/app/restart` does. */
  restartProcesses(nowMs: number): void {
    if (this.phase === "RUNNING" && !this.isDraining) this.restarts.restartAll(nowMs);
  }

  /** EC2 announces that it takes the instance back in two minutes. The agent reports it as unhealthy, so that the group replaces it. */
  interrupt(nowMs: number): void {
    if (this.noticeEndsMs !== Number.POSITIVE_INFINITY || this.isLost) return;
    this.options.report("Spot interruption notice");
    this.noticeEndsMs = nowMs + SPOT_NOTICE_MS;
    this.drainsAtMs = Math.min(this.drainsAtMs, this.noticeEndsMs - SPOT_MARGIN_MS - this.group.drainSec * 1000);
    this.emit({ kind: "fail-health-checks", task: this.id });
  }

  /** The machine is gone, without a signal to any process. */
  lose(nowMs: number): void {
    this.isLost = true;
    this.restarts.cancel();
    for (const name of this.containers.running) this.containers.kill(name);
    if (this.phase === "PENDING") this.fail("the instance was terminated during its launch", nowMs);
  }

  handle(event: Event, nowMs: number): void {
    switch (event.kind) {
      case "container-exited":
        this.exited(event.container, event.exit, nowMs);
        break;
      case "container-health":
        this.checked(event.container, event.health, nowMs);
        break;
      case "target-health":
        if (this.phase !== "RUNNING") break;
        this.targetHealth = event.health;
        this.everHealthy ||= event.health === "healthy";
        break;
      case "connections":
        if (this.phase === "DEACTIVATING" && event.open === 0) this.deregistered(nowMs);
        break;
    }
  }

  tick(nowMs: number): void {
    this.restarts.tick(nowMs);
    this.containers.killOverdue(nowMs);
    if (this.phase === "PENDING") this.giveUpLaunch(nowMs);
    if (this.phase === "RUNNING") this.isWarm ||= nowMs >= this.inServiceSinceMs + this.group.warmupSec * 1000;
    if (nowMs >= this.drainsAtMs) this.drain(nowMs);
    if (nowMs >= this.noticeEndsMs && !this.isLost) this.lose(nowMs);
    if (this.phase === "DEACTIVATING" && nowMs >= this.deregisteredAtMs) {
      this.emit({ kind: "close-connections", task: this.id });
      this.deregistered(nowMs);
    }
    if (nowMs >= this.hookEndsMs && this.phase === "DEACTIVATING") this.terminate(nowMs);
    this.terminateIfDone(nowMs);
  }

  unhealthyReason(nowMs: number): string | undefined {
    if (this.phase !== "RUNNING") return undefined;
    if (this.noticeEndsMs !== Number.POSITIVE_INFINITY) return "the agent reported a Spot interruption";
    if (this.targetHealth === "unhealthy" && nowMs >= this.graceEndsMs) return "it failed ELB health checks";
    return undefined;
  }

  /** Starts to end the instance: the load balancer deregisters it, and its agent drains the sockets as soon as it notices. */
  stop(reason: string, nowMs: number): void {
    if (!this.isLive) return;
    this.stopReason = reason;
    if (this.targetHealth !== undefined) this.emit({ kind: "deregister", task: this.id });
    if (this.phase === "PENDING" || this.isLost) {
      this.terminate(nowMs);
      return;
    }
    this.phase = "DEACTIVATING";
    this.deregisteredAtMs = nowMs + this.options.settings().deregistrationDelaySec * 1000;
    this.drainsAtMs = Math.min(this.drainsAtMs, nowMs + POLL_MS);
  }

  deadlinesMs(): number[] {
    return [
      ...this.containers.deadlinesMs(),
      ...this.restarts.deadlinesMs(),
      ...(this.phase === "PENDING" ? [this.launchEndsMs, this.bootEndsMs] : []),
      ...(this.phase === "RUNNING" ? [this.inServiceSinceMs + this.group.warmupSec * 1000, this.graceEndsMs] : []),
      ...(this.phase === "DEACTIVATING" ? [this.deregisteredAtMs, this.hookEndsMs] : []),
      ...(this.isDraining ? [] : [this.drainsAtMs]),
      this.noticeEndsMs,
    ].filter((deadlineMs) => deadlineMs !== Number.POSITIVE_INFINITY);
  }

  private get graceEndsMs(): number {
    return this.inServiceSinceMs + this.options.settings().gracePeriodSec * 1000;
  }

  private isProcess(name: string): boolean {
    return this.group.processes.includes(name);
  }

  private get isDrained(): boolean {
    return this.isDraining && !this.containers.running.some((name) => this.isProcess(name));
  }

  private exited(name: string, exit: Exit, nowMs: number): void {
    this.containers.exited(name, exit);
    if (this.phase === "STOPPING") this.stopNext(nowMs);
    else if (this.isLost) return;
    else if (this.isDraining) this.terminateIfDone(nowMs);
    else if (this.isProcess(name)) this.restarts.ended(name, exit, nowMs);
    else if (this.phase === "PENDING") this.boot(nowMs);
  }

  private checked(name: string, health: "healthy" | "unhealthy", nowMs: number): void {
    if (!this.containers.checked(name, health)) return;
    if (health === "unhealthy") {
      this.options.report(`${name} has not answered for ${this.group.bootSec} s`);
      this.containers.kill(name);
      return;
    }
    this.restarts.healthy(name, nowMs);
    if (this.phase === "PENDING") this.boot(nowMs);
  }

  /** Goes on with the boot; at its end the instance completes the launch hook and is in service. */
  private boot(nowMs: number): void {
    const started = this.containers.startReady(nowMs);
    if (typeof started === "object") {
      this.fail(`the boot failed: ${started.impossible}`, nowMs);
      return;
    }
    if (started === "waiting") return;
    this.bootEndsMs = Math.min(this.bootEndsMs, nowMs + this.group.bootSec * 1000);
    if (!this.containers.areHealthy) return;
    this.phase = "RUNNING";
    this.inServiceSinceMs = nowMs;
    this.targetHealth = "initial";
    this.emit({ kind: "register", task: this.id });
  }

  private giveUpLaunch(nowMs: number): void {
    const overdue = this.containers.overdue(nowMs);
    if (overdue !== undefined) this.fail(`the boot failed: ${overdue.name} took ${overdue.startTimeoutSec} s`, nowMs);
    else if (nowMs >= this.bootEndsMs) {
      this.fail(`the boot failed: a process is not healthy after ${this.group.bootSec} s`, nowMs);
    } else if (nowMs >= this.launchEndsMs) this.fail("the launch hook timed out", nowMs);
  }

  private drain(nowMs: number): void {
    if (this.isDraining || this.isLost) return;
    this.isDraining = true;
    this.restarts.cancel();
    this.emit({ kind: "fail-health-checks", task: this.id });
    for (const name of this.containers.running) if (this.isProcess(name)) this.containers.stop(name, nowMs);
    this.terminateIfDone(nowMs);
  }

  private deregistered(nowMs: number): void {
    this.deregisteredAtMs = Number.POSITIVE_INFINITY;
    if (this.hookEndsMs === Number.POSITIVE_INFINITY) this.hookEndsMs = nowMs + this.group.terminateHookSec * 1000;
    this.terminateIfDone(nowMs);
  }

  /** Terminates when the agent has completed the hook, which begins after the deregistration. */
  private terminateIfDone(nowMs: number): void {
    const isHooked = this.hookEndsMs !== Number.POSITIVE_INFINITY;
    if (this.phase === "DEACTIVATING" && isHooked && (this.isDrained || this.isLost)) this.terminate(nowMs);
  }

  private fail(reason: string, nowMs: number): void {
    this.failed = true;
    this.stopReason = reason;
    this.terminate(nowMs);
  }

  private terminate(nowMs: number): void {
    this.phase = "STOPPING";
    this.restarts.cancel();
    this.containers.abandonWaiting();
    this.stopNext(nowMs);
  }

  private stopNext(nowMs: number): void {
    if (!this.containers.stopNext(nowMs)) return;
    this.phase = "STOPPED";
    this.emit({ kind: "release-task", task: this.id });
  }
}
