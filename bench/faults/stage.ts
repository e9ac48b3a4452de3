import { setTimeout as wait } from "node:timers/promises";
import { type Image } from "../../tools/twin/tasks/image";
import { type Twin } from "../../tools/twin/twin";
import { type Crowd } from "./crowd/crowd";
import { databaseOf } from "../topology";
import { type Figure } from "./outcome";

const ENDED = /^(task-\d+) stopped: Essential container in task exited/;

/** What a fault has to play with. */
export class Stage {
  /** Tasks that the fault itself ended. */
  private readonly ended = new Set<string>();
  private readonly noted: Figure[] = [];
  private present: Crowd | undefined;

  constructor(
    readonly twin: Twin,
    /** The app as it was built. */
    readonly built: Image,
  ) {}

  get crowd(): Crowd {
    if (this.present === undefined) throw new Error("nobody is here yet");
    return this.present;
  }

  enter(crowd: Crowd): void {
    this.present = crowd;
  }

  /** A figure for the report. One that misses its mark is said to, and is no reason to be red: machines differ. */
  measured(figure: Figure): void {
    this.noted.push(figure);
  }

  get figures(): readonly Figure[] {
    return this.noted;
  }

  wait(seconds: number): Promise<void> {
    return wait(seconds * 1000);
  }

  /** The n-th of the tasks that run now, from 0. */
  task(index: number): string {
    const running = this.twin.tasks().filter(({ target }) => target === "healthy");
    const task = running[index % running.length];
    if (task === undefined) throw new Error("no task runs");
    return task.id;
  }

  signal(task: string, signal: NodeJS.Signals): void {
    this.ended.add(task);
    this.twin.kill(task, signal);
  }

  untilGone(task: string, withinMs?: number): Promise<unknown> {
    return this.twin.until(({ tasks }) => tasks.every(({ id }) => id !== task), withinMs);
  }

  /** Another version; resolves when the service is steady again, be it rolled back. */
  async deploy(image: Image): Promise<void> {
    await this.twin.deploy({ image, force: true });
    await this.twin.untilSteady(180_000);
  }

  sql(text: string): Promise<string> {
    return this.twin.database.sql(text, databaseOf(this.twin));
  }

  /** Tasks that ended and that nobody ended. */
  get deaths(): string[] {
    const tasks = this.twin.events.flatMap(({ message }) => ENDED.exec(message)?.[1] ?? []);
    return tasks.filter((task) => !this.ended.has(task));
  }
}
