import { TwinError } from "../errors";
import { type Scheduler } from "../scheduler/scheduler";
import { Instance } from "./instance";

/** What can happen to one instance of an Auto Scaling group. */
export class InstanceControl {
  /** @param now returns the scheduler's time in ms */
  constructor(
    private readonly scheduler: Scheduler,
    private readonly now: () => number,
  ) {}

  /** Restarts the processes of an instance one after the other, as an operator or a rotated secret does. @throws TwinError when there is no such instance */
  restartProcesses(id: string): void {
    this.act(id, (instance, nowMs) => instance.restartProcesses(nowMs));
  }

  /** Gives an instance the notice of a Spot interruption: it ends in two minutes. */
  interrupt(id: string): void {
    this.act(id, (instance, nowMs) => instance.interrupt(nowMs));
  }

  /** Ends the machine of an instance at once. Returns whether it is an instance; a task of ECS ends with its containers. */
  lose(id: string): boolean {
    if (!this.find(id)) return false;
    this.act(id, (instance, nowMs) => instance.lose(nowMs));
    return true;
  }

  private find(id: string): boolean {
    return this.scheduler.tasks.some((task) => task.id === id && task instanceof Instance);
  }

  private act(id: string, step: (instance: Instance, nowMs: number) => void): void {
    if (!this.find(id)) {
      const known = this.scheduler.tasks.map((task) => task.id).join(", ");
      throw new TwinError(`expected an instance of an Auto Scaling group, got ${id}. Running: ${known || "none"}.`);
    }
    const nowMs = this.now();
    this.scheduler.act(id, (task) => step(task as Instance, nowMs), nowMs);
  }
}
