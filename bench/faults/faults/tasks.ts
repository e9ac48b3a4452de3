import { type Fault } from "../fault";

/** Health check grace period plus stop timeout, because a stopped process does not react to SIGTERM. */
const HUNG_MS = 240_000;

/** Faults of tasks. */
export const taskFaults: readonly Fault[] = [
  {
    name: "task-killed",
    what: "SIGKILL to one of two tasks",
    act: async (stage) => {
      const task = stage.task(0);
      stage.signal(task, "SIGKILL");
      await stage.untilGone(task);
    },
  },
  {
    name: "tasks-killed-in-turn",
    what: "SIGKILL to one task, six times, each when the service is steady again",
    act: async (stage) => {
      for (let time = 0; time < 6; time++) {
        stage.signal(stage.task(time), "SIGKILL");
        await stage.wait(0.5);
        await stage.twin.untilSteady();
      }
    },
  },
  {
    name: "all-tasks-killed",
    what: "SIGKILL to both tasks at once",
    act: async (stage) => {
      const tasks = [stage.task(0), stage.task(1)];
      for (const task of tasks) stage.signal(task, "SIGKILL");
      await Promise.all(tasks.map((task) => stage.untilGone(task)));
      await stage.twin.untilSteady();
    },
  },
  {
    name: "task-terminated",
    what: "SIGTERM to one of two tasks, which drains",
    act: async (stage) => {
      const task = stage.task(0);
      stage.signal(task, "SIGTERM");
      await stage.untilGone(task);
    },
  },
  {
    name: "task-stopped",
    what: "a task is stopped as ECS does: deregistration, drain, SIGTERM",
    act: async (stage) => {
      const task = stage.task(0);
      stage.twin.stopTask(task);
      await stage.untilGone(task);
      await stage.twin.untilSteady();
    },
  },
  {
    name: "task-hung",
    what: "SIGSTOP to a task until its health check fails and it is replaced",
    act: async (stage) => {
      const task = stage.task(0);
      stage.signal(task, "SIGSTOP");
      await stage.untilGone(task, HUNG_MS);
      await stage.twin.untilSteady();
    },
  },
];
