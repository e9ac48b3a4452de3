import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { LOAD } from "./servers";
import {
  type ConnectionsJob,
  type ConnectionsResult,
  type Job,
  type MessagesJob,
  type MessagesResult,
  type Report,
} from "./job";

/** A load process that runs one job. */
export class LoadProcess<R extends MessagesResult | ConnectionsResult> {
  private readonly child: ChildProcess;

  private constructor(job: Job) {
    this.child = fork(LOAD, { stdio: ["ignore", "inherit", "inherit", "ipc"], execArgv: [] });
    this.child.send(job);
  }

  static start(job: MessagesJob): LoadProcess<MessagesResult>;
  static start(job: ConnectionsJob): LoadProcess<ConnectionsResult>;
  static start(job: Job): LoadProcess<MessagesResult | ConnectionsResult> {
    return new LoadProcess(job);
  }

  /** @throws Error with the reason that the load process reports */
  async until(phase: "ready" | "measured"): Promise<void> {
    const report = await this.next();
    if (report.phase !== phase) throw new Error(`expected ${phase} from the load, got ${report.phase}`);
  }

  go(): void {
    this.child.send("go");
  }

  async result(): Promise<R> {
    const report = await this.next();
    if (report.phase !== "done") throw new Error(`expected a result from the load, got ${report.phase}`);
    return report.result as R;
  }

  end(): void {
    this.child.kill("SIGKILL");
  }

  private async next(): Promise<Report> {
    const gone = once(this.child, "exit").then(([code]) => {
      throw new Error(`the load process exited with code ${String(code)}`);
    });
    const [report] = (await Promise.race([once(this.child, "message"), gone])) as [Report];
    if (report.phase === "failed") throw new Error(`the load failed: ${report.reason}`);
    return report;
  }
}
