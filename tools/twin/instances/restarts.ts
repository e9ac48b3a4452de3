import { type Exit } from "../scheduler/commands";
import { type ContainerSet, describeExit } from "../scheduler/container-set";

/** systemd's wait before it starts a process again (`RestartSec` of the unit). */
const RESTART_AFTER_MS = 2000;

export interface RestartOptions {
  readonly containers: ContainerSet;
  /** Names of the processes, in the order of a restart of all. */
  readonly processes: readonly string[];
  /** Longest start of a process, in seconds. */
  readonly bootSec: number;
  readonly report: (message: string) => void;
}

/** Starts processes of an instance again: one that has ended, as systemd does (`Restart=always`), and all one after the other, as the script does. */
export class Restarts {
  /** When to start each process that has ended, in ms. */
  private readonly due = new Map<string, number>();
  /** Processes that the script has still to restart; the first one is being restarted. */
  private queue: string[] = [];
  private giveUpAtMs = Number.POSITIVE_INFINITY;

  constructor(private readonly options: RestartOptions) {}

  /** Begins to restart all processes, each after the one before it is healthy. */
  restartAll(nowMs: number): void {
    if (this.queue.length > 0) return;
    this.queue = [...this.options.processes];
    this.restartFirst(nowMs);
  }

  /** A process has ended: systemd starts it again, at once if it was told to restart it. */
  ended(name: string, exit: Exit, nowMs: number): void {
    const isRestart = this.queue[0] === name;
    if (!isRestart) this.options.report(`${name} exited (${describeExit(exit)}) and is started again`);
    this.due.set(name, isRestart ? nowMs : nowMs + RESTART_AFTER_MS);
    this.tick(nowMs);
  }

  /** A process answers its health check; the next one is restarted. */
  healthy(name: string, nowMs: number): void {
    if (this.queue[0] !== name) return;
    this.options.report(`${name} restarted`);
    this.queue.shift();
    if (this.queue.length > 0) this.restartFirst(nowMs);
  }

  /** Starts nothing any more. */
  cancel(): void {
    this.due.clear();
    this.queue = [];
  }

  tick(nowMs: number): void {
    for (const [name, atMs] of this.due) {
      if (nowMs < atMs) continue;
      this.due.delete(name);
      this.options.containers.start(name, nowMs);
    }
    const [name] = this.queue;
    if (name === undefined || nowMs < this.giveUpAtMs) return;
    this.options.report(`${name} is not healthy ${this.options.bootSec} s after its restart: the others keep running`);
    this.queue = [];
  }

  deadlinesMs(): number[] {
    return [...this.due.values(), ...(this.queue.length > 0 ? [this.giveUpAtMs] : [])];
  }

  private restartFirst(nowMs: number): void {
    const { containers, bootSec } = this.options;
    const name = this.queue[0]!;
    // The drain of the process comes first, for as long as its unit allows.
    this.giveUpAtMs = nowMs + (containers.stopTimeoutSec(name) + bootSec) * 1000;
    // One that has ended is waiting for its start already.
    if (this.due.has(name)) this.due.set(name, nowMs);
    else containers.stop(name, nowMs);
  }
}
