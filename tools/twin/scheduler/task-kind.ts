import { type Command } from "./commands";
import { circuitBreakerThreshold, type Revision } from "./deployment";
import { type ScheduledTask, type TaskSettings, type TaskSpec } from "./scheduled-task";
import { Task } from "./task";

export interface NewTask {
  readonly spec: TaskSpec;
  readonly revision: Revision;
  readonly settings: () => TaskSettings;
  readonly emit: (command: Command) => void;
  /** Receives the task's own events. */
  readonly report: (message: string) => void;
}

/** What a service consists of. */
export interface TaskKind {
  /** Prefix of the ids, and the word for one in events. */
  readonly noun: string;
  readonly create: (task: NewTask) => ScheduledTask;
  /** Returns the number of failures at which a deployment fails. */
  readonly failuresToStop: (desiredCount: number) => number;
}

/** Tasks of ECS. */
export const ECS_TASKS: TaskKind = {
  noun: "task",
  create: ({ spec, settings, emit }) => new Task(spec, settings, emit),
  failuresToStop: circuitBreakerThreshold,
};
