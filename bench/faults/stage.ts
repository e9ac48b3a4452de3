import { setTimeout as wait } from "node:timers/promises";
import { type Image } from "../../tools/twin/tasks/image";
import { type Twin } from "../../tools/twin/twin";
import { type Crowd } from "./crowd/crowd";
import { databaseOf } from "../shared/topology";
import { type Figure } from "./audit/outcome";

/** A task that ended, or an instance with a process that ended, although nobody told them to. */
const ENDED = /^(?:(task-\d+) stopped: Essential container in task exited|(instance-\d+): process-\d+ exited)/;

/** What a fault can act on: the twin, the clients and the built image. */
export class Stage {
  /** Tasks that the fault itself stopped. */
  private readonly ended = new Set<string>();
  private readonly measuredFigures: Figure[] = [];
  private connectedCrowd: Crowd | undefined;

  constructor(
    readonly twin: Twin,
    /** The app as it was built. */
    readonly built: Image,
  ) {}

  get crowd(): Crowd {
    if (this.connectedCrowd === undefined) throw new Error("the crowd has not connected yet");
    return this.connectedCrowd;
  }

  enter(crowd: Crowd): void {
    this.connectedCrowd = crowd;
  }

  /** Adds a time to the report. A missed target is reported but does not fail the row, because machines differ. */
  measured(figure: Figure): void {
    this.measuredFigures.push(figure);
  }

  get figures(): readonly Figure[] {
    return this.measuredFigures;
  }

  wait(seconds: number): Promise<void> {
    return wait(seconds * 1000);
  }

  /** Returns the n-th running task or instance, from 0. */
  task(index: number): string {
    const running = this.twin.tasks().filter(({ target }) => target === "healthy");
    const task = running[index % running.length];
    if (task === undefined) throw new Error("no healthy task is running");
    return task.id;
  }

  signal(task: string, signal: NodeJS.Signals): void {
    this.ended.add(task);
    this.twin.kill(task, signal);
  }

  untilGone(task: string, withinMs?: number): Promise<unknown> {
    return this.twin.until(({ tasks }) => tasks.every(({ id }) => id !== task), withinMs);
  }

  /** Deploys an image. Resolves when the service is steady again, even after a rollback. */
  async deploy(image: Image): Promise<void> {
    await this.twin.deploy({ image, force: true });
    await this.twin.untilSteady(180_000);
  }

  /** Resolves once the service has reported an event that matches, after this call. */
  async untilReported(pattern: RegExp, withinMs?: number): Promise<void> {
    const before = this.twin.events.length;
    await this.twin.until(() => this.twin.events.slice(before).some(({ message }) => pattern.test(message)), withinMs);
  }

  sql(text: string): Promise<string> {
    return this.twin.database.sql(text, databaseOf(this.twin));
  }

  /** Tasks that ended although the fault did not stop them. */
  get deaths(): string[] {
    const tasks = this.twin.events.flatMap(({ message }) => {
      const [, task, instance] = ENDED.exec(message) ?? [];
      return task ?? instance ?? [];
    });
    return tasks.filter((task) => !this.ended.has(task));
  }
}
