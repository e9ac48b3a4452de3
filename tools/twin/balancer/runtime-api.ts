import { connect } from "node:net";

const ANSWER_WITHIN_MS = 10_000;

/** Sends one command to HAProxy's socket and returns the answer. @throws Error when there is none within 10 s */
export function runtimeCommand(socket: string, command: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const connection = connect(socket);
    let answer = "";
    connection.setEncoding("utf8");
    connection.setTimeout(ANSWER_WITHIN_MS, () =>
      connection.destroy(new Error(`haproxy gave no answer to ${command}`)),
    );
    connection.on("data", (chunk: string) => (answer += chunk));
    connection.once("error", reject);
    connection.once("end", () => resolve(answer.trim()));
    connection.once("connect", () => connection.end(`${command}\n`));
  });
}

/** The state of one server of a backend, from `show stat`. */
export interface ServerStatistics {
  /** `UP`, `DOWN`, `MAINT` or `DRAIN`; with a count such as `UP 1/2` while it changes. */
  readonly status: string;
  /** `L7OK`, `L4CON`, …; empty before the first check has ended. */
  readonly lastCheck: string;
  readonly sessions: number;
}

/** Parses the CSV of `show stat`, by server name. */
export function parseStatistics(csv: string): Map<string, ServerStatistics> {
  const [head = "", ...rows] = csv.split("\n").filter((line) => line !== "");
  const columns = head.replace(/^# /, "").split(",");
  const at = (cells: readonly string[], column: string): string => cells[columns.indexOf(column)] ?? "";
  return new Map(
    rows.map((row) => {
      const cells = row.split(",");
      // An asterisk before the last result marks a check in progress.
      const lastCheck = at(cells, "check_status").replace(/^\* /, "");
      return [
        at(cells, "svname"),
        { status: at(cells, "status"), lastCheck, sessions: Number(at(cells, "scur") || 0) },
      ];
    }),
  );
}

/** Parses `show proc`: the process ids of the worker that listens and of those that still serve old connections. */
export function parseWorkers(answer: string): { current: number | undefined; old: number[] } {
  const workers = [...answer.matchAll(/^(\d+)\s+worker\s/gm)].map((match) => ({
    pid: Number(match[1]),
    at: match.index,
  }));
  const oldFrom = answer.indexOf("# old workers");
  const isOld = (at: number): boolean => oldFrom >= 0 && at > oldFrom;
  return {
    current: workers.find(({ at }) => !isOld(at))?.pid,
    old: workers.filter(({ at }) => isOld(at)).map(({ pid }) => pid),
  };
}
