import { type TwinStatus } from "../../../tools/twin/status/status";
import { LiveView, renderStatus, renderSubstitutions } from "../../../tools/twin/terminal/view";

const STATUS: TwinStatus = {
  service: "crm-dev",
  url: "http://127.0.0.1:8080",
  steady: false,
  desiredCount: 2,
  scaling: { minCount: 2, maxCount: 4 },
  deployments: [
    { id: "deployment-1", revision: "crm:1", state: "IN_PROGRESS", isRollback: true, failedTasks: 0 },
    { id: "deployment-2", revision: "crm:2", state: "FAILED", isRollback: false, failedTasks: 3 },
  ],
  tasks: [
    {
      id: "task-1",
      deployment: "deployment-1",
      phase: "RUNNING",
      target: "healthy",
      address: "127.64.1.1:3000",
      containers: { app: 1 },
      connections: 12,
      cpuSec: 1.26,
      memoryMiB: 99.7,
      cutFrom: ["redis", "database"],
    },
  ],
  servers: { balancer: "up", redis: "paused", database: "down" },
  substitutions: [{ applied: "postgres 17", here: "PostgreSQL of this machine" }],
  limitations: ["CPU and memory of tasks are not limited: no control groups (EACCES)"],
  events: [{ atMs: 0, message: "has started 1 tasks" }],
};

it("shows a status line by line", () => {
  expect(renderStatus(STATUS)).toEqual([
    "crm-dev  http://127.0.0.1:8080  1 of 2 tasks healthy (autoscaling 2 to 4)  moving",
    "",
    "DEPLOYMENT    REVISION  STATE                   FAILED TASKS",
    "deployment-1  crm:1     IN_PROGRESS (rollback)  0",
    "deployment-2  crm:2     FAILED                  3",
    "",
    "TASK    PHASE    TARGET   SOCKETS  CPU s  MiB  ADDRESS          CUT FROM",
    "task-1  RUNNING  healthy  12       1.3    100  127.64.1.1:3000  redis database",
    "",
    "balancer up   redis paused   database down",
    "note: CPU and memory of tasks are not limited: no control groups (EACCES)",
    "",
    "00:00:00  has started 1 tasks",
  ]);
});

it("lists the differences from AWS", () => {
  expect(renderSubstitutions(STATUS)).toEqual([
    "What differs from AWS here:",
    "  postgres 17",
    "    -> PostgreSQL of this machine",
  ]);
});

it("redraws in place, and never wraps a line", () => {
  const written: string[] = [];
  const view = new LiveView({ isTTY: true, columns: 40, write: (text) => written.push(text) });
  view.draw(STATUS);
  view.draw(STATUS);
  const [first, second] = written;
  const height = first!.split("\n").length - 1;
  expect(first).not.toContain(`A\u001b[J`);
  expect(second!.startsWith(`\u001b[${height}A\u001b[J`)).toBe(true);
  const visible = first!.replace("\u001b[J", "").split("\n");
  expect(Math.max(...visible.map((line) => line.length))).toBe(39);
});
