import { type Command, type Event } from "../scheduler/commands";
import { Task } from "../scheduler/task";
import { type TaskHost } from "../tasks/task-host";
import { type Release } from "./release";

export interface OneOffTasksOptions {
  readonly host: Pick<TaskHost, "create" | "start" | "signal" | "find" | "release">;
  readonly nowMs: () => number;
  /** Called when a task has ended and its slot is free again. */
  readonly onReleased: (slot: number) => Promise<void>;
}

/** They have no target group, so nothing drains and no grace period ends. */
const SETTINGS = { deregistrationDelaySec: 0, gracePeriodSec: 0 } as const;

/** Runs tasks beside the service, as RunTask does: the load balancer does not know them, and nothing replaces one that ends. */
export class OneOffTasks {
  private readonly tasks = new Map<string, Task>();

  constructor(private readonly options: OneOffTasksOptions) {}

  /** @throws TwinError when no slot is free */
  run(id: string, release: Release): void {
    const spec = { id, deployment: "", containers: release.containers };
    const task = new Task(
      spec,
      () => SETTINGS,
      (command) => this.execute(command, release),
    );
    task.start(this.options.nowMs());
    this.tasks.set(id, task);
  }

  /** Returns a task, also one that has ended. */
  find(id: string): Task | undefined {
    return this.tasks.get(id);
  }

  /** Sends SIGTERM to a task's containers, and SIGKILL after their stop timeout. */
  stop(id: string, reason: string): void {
    this.tasks.get(id)?.stop(reason, this.options.nowMs());
  }

  /** Passes an event on. Returns false when its task is none of these. */
  handle(event: Event): boolean {
    const task = this.tasks.get(event.task);
    task?.handle(event, this.options.nowMs());
    return task !== undefined;
  }

  /** Acts on every deadline that has passed. */
  tick(): void {
    for (const task of this.tasks.values()) task.tick(this.options.nowMs());
  }

  private execute(command: Command, release: Release): void {
    const { host, onReleased } = this.options;
    if (command.kind === "create-task") host.create(command.task, release);
    if (command.kind === "start-container") host.start(command.task, command.container);
    if (command.kind === "signal") host.signal(command.task, command.container, command.signal);
    if (command.kind === "release-task") {
      const slot = host.find(command.task)?.slot;
      host.release(command.task);
      if (slot !== undefined) void onReleased(slot);
    }
  }
}
