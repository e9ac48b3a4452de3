import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { bundle, ROOT } from "../shared/bundle";
import { type Answer, type Command, type ConnectResult, type GeneratorJob, type SendResult } from "./commands";

const FOLDER = join(ROOT, ".cache/bench-load");

/** The load generator's process. */
export class GeneratorProcess {
  private constructor(private readonly child: ChildProcess) {}

  static async start(job: GeneratorJob): Promise<GeneratorProcess> {
    await bundle([join(__dirname, "generator.ts")], FOLDER);
    const child = fork(join(FOLDER, "generator.js"), { stdio: ["ignore", "inherit", "inherit", "ipc"], execArgv: [] });
    child.send(job);
    return new GeneratorProcess(child);
  }

  connect(count: number, atOnce: number): Promise<ConnectResult> {
    return this.ask({ kind: "connect", count, atOnce });
  }

  sendMessages(ratePerSec: number, seconds: number): Promise<SendResult> {
    return this.ask({ kind: "sendMessages", ratePerSec, seconds });
  }

  end(): void {
    this.child.kill("SIGKILL");
  }

  /** @throws Error with the reason that the generator reports */
  private async ask<R extends ConnectResult | SendResult>(command: Command): Promise<R> {
    // Aborting removes the listener that is no longer needed.
    const settled = new AbortController();
    const gone = once(this.child, "exit", { signal: settled.signal }).then(([code]) => {
      throw new Error(`the load generator exited with code ${String(code)}`);
    });
    this.child.send(command);
    const answered = once(this.child, "message", { signal: settled.signal });
    try {
      const [answer] = (await Promise.race([answered, gone])) as [Answer];
      if (!answer.ok) throw new Error(`the load generator: ${answer.reason}`);
      return answer.result as R;
    } finally {
      settled.abort();
      await Promise.allSettled([answered, gone]);
    }
  }
}
