import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { bundle, ROOT } from "../bundle";
import { type Answer, type Command, type Connected, type GeneratorJob, type Talked } from "./commands";

const FOLDER = join(ROOT, ".cache/bench-load");

/** The generator, as long as it is wanted. */
export class GeneratorProcess {
  private constructor(private readonly child: ChildProcess) {}

  static async start(job: GeneratorJob): Promise<GeneratorProcess> {
    await bundle([join(__dirname, "generator.ts")], FOLDER);
    const child = fork(join(FOLDER, "generator.js"), { stdio: ["ignore", "inherit", "inherit", "ipc"], execArgv: [] });
    child.send(job);
    return new GeneratorProcess(child);
  }

  connect(count: number, atOnce: number): Promise<Connected> {
    return this.ask({ kind: "connect", count, atOnce });
  }

  talk(ratePerSec: number, seconds: number): Promise<Talked> {
    return this.ask({ kind: "talk", ratePerSec, seconds });
  }

  end(): void {
    this.child.kill("SIGKILL");
  }

  /** @throws Error with the generator's own reason */
  private async ask<R extends Connected | Talked>(command: Command): Promise<R> {
    // The one that is not needed any more takes its listeners with it.
    const over = new AbortController();
    const gone = once(this.child, "exit", { signal: over.signal }).then(([code]) => {
      throw new Error(`the load generator ended with ${String(code)}`);
    });
    this.child.send(command);
    const answered = once(this.child, "message", { signal: over.signal });
    try {
      const [answer] = (await Promise.race([answered, gone])) as [Answer];
      if (!answer.ok) throw new Error(`the load generator: ${answer.reason}`);
      return answer.result as R;
    } finally {
      over.abort();
      await Promise.allSettled([answered, gone]);
    }
  }
}
