import { type TaskStatus, type TwinStatus } from "../status/status";

const EVENTS_SHOWN = 8;

/** Renders a twin's status as lines without colours. */
export function renderStatus(status: TwinStatus): string[] {
  const healthy = status.tasks.filter(({ target }) => target === "healthy").length;
  const bounds = status.scaling ? ` (autoscaling ${status.scaling.minCount} to ${status.scaling.maxCount})` : "";
  return [
    `${status.service}  ${status.url}  ${healthy} of ${status.desiredCount} tasks healthy${bounds}  ${status.steady ? "steady" : "moving"}`,
    "",
    ...table(
      ["DEPLOYMENT", "REVISION", "STATE", "FAILED TASKS"],
      status.deployments.map(({ id, revision, state, isRollback, failedTasks }) => [
        id,
        revision,
        isRollback ? `${state} (rollback)` : state,
        String(failedTasks),
      ]),
    ),
    "",
    ...table(["TASK", "PHASE", "TARGET", "SOCKETS", "CPU s", "MiB", "ADDRESS", "CUT FROM"], status.tasks.map(taskRow)),
    "",
    `balancer ${status.servers.balancer}   redis ${status.servers.redis}   database ${status.servers.database}`,
    ...status.limitations.map((limitation) => `note: ${limitation}`),
    "",
    ...status.events.slice(-EVENTS_SHOWN).map(({ atMs, message }) => renderEvent(atMs, message)),
  ];
}

function taskRow(task: TaskStatus): string[] {
  return [
    task.id,
    task.phase,
    task.target,
    String(task.connections),
    task.cpuSec.toFixed(1),
    task.memoryMiB.toFixed(0),
    task.address,
    task.cutFrom.join(" "),
  ];
}

export function renderEvent(atMs: number, message: string): string {
  return `${new Date(atMs).toISOString().slice(11, 19)}  ${message}`;
}

/** Renders the substitutions, two lines each. */
export function renderSubstitutions({ substitutions }: TwinStatus): string[] {
  return [
    "What differs from AWS here:",
    ...substitutions.flatMap(({ applied, here }) => [`  ${applied}`, `    -> ${here}`]),
  ];
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]!.length)));
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, column) => cell.padEnd(widths[column]!))
      .join("  ")
      .trimEnd();
  return [head, ...rows].map(line);
}

export interface Terminal {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

const ESC = "\u001b[";

/** Redraws the status in place on a terminal. */
export class LiveView {
  private drawn = 0;

  constructor(private readonly terminal: Terminal) {}

  draw(status: TwinStatus): void {
    const width = this.terminal.columns ?? 80;
    // A wrapped line would count as one but take two.
    const lines = [...renderStatus(status), "", "Ctrl-C stops everything."].map((line) => line.slice(0, width - 1));
    const up = this.drawn > 0 ? `${ESC}${this.drawn}A` : "";
    this.terminal.write(`${up}${ESC}J${lines.join("\n")}\n`);
    this.drawn = lines.length;
  }
}
