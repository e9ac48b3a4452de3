import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout } from "node:timers/promises";
import { type Account } from "./account";

export interface ServerProgram {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  /** The server's working directory, a temporary folder that is removed at the end. */
  readonly folder: string;
  readonly account: Account | undefined;
  /** Matches the line of the server's log that says that it accepts connections. */
  readonly ready: RegExp;
  /** Signal for a fast and clean shutdown. */
  readonly stopSignal: NodeJS.Signals;
}

const KEEPER = join(__dirname, "keeper.sh");
const LAST_LINES = 20;

/** A real server on this machine that can be stopped, paused, killed and started again, always on the same port. */
export class LocalServer {
  private child: ChildProcess | undefined;
  private paused = false;
  private readonly keeper: ChildProcess;
  private readonly log: string[] = [];

  constructor(private readonly program: ServerProgram) {
    // In a session of its own, so that Ctrl-C does not end it before it has cleaned up.
    this.keeper = spawn("bash", [KEEPER, program.folder], { stdio: ["pipe", "ignore", "ignore"], detached: true });
    this.keeper.unref();
  }

  /** Process id of the server. @throws Error when it is down */
  get pid(): number {
    if (this.child?.pid === undefined) {
      throw new Error(`${this.program.name} is down`);
    }
    return this.child.pid;
  }

  /** `paused` between `pause` and `resume`. */
  get state(): "up" | "paused" | "down" {
    if (this.child === undefined) return "down";
    return this.paused ? "paused" : "up";
  }

  /** Starts the server for the first time and cleans up when that fails. */
  protected async launch(): Promise<void> {
    try {
      await this.start();
    } catch (error) {
      await this.close();
      throw error;
    }
  }

  /** Starts the server and resolves once it accepts connections. @throws Error with the end of its log when it ends first */
  async start(): Promise<void> {
    const { command, args, account, folder, name } = this.program;
    const child = spawn(command, args, { ...account, cwd: folder, stdio: ["ignore", "pipe", "pipe"], detached: true });
    this.child = child;
    this.paused = false;
    child.once("exit", () => {
      if (this.child === child) this.child = undefined;
    });
    const failed = once(child, "exit").then(() => {
      throw new Error(`${name} ended while starting:\n${this.log.slice(-LAST_LINES).join("\n")}`);
    });
    const ready = this.readiness(child);
    await once(child, "spawn");
    writeFileSync(join(folder, "pid"), String(child.pid));
    await Promise.race([ready, failed]);
  }

  /** Shuts the server down fast; `start` brings it back with its data. */
  async stop(): Promise<void> {
    await this.end(this.program.stopSignal);
  }

  /** Sends SIGKILL to the server and its children. */
  async kill(): Promise<void> {
    await this.end("SIGKILL");
  }

  async restart(): Promise<void> {
    await this.stop();
    await this.start();
  }

  /** Pauses the server: connections stay open, the kernel accepts new ones, and nothing answers. */
  pause(): void {
    this.paused = true;
    this.signalAll("SIGSTOP");
  }

  resume(): void {
    this.paused = false;
    this.signalAll("SIGCONT");
  }

  /** Stops the server for good and removes its folder. The keeper does the same when this process ends. */
  async close(): Promise<void> {
    await this.kill();
    if (this.keeper.exitCode === null) {
      const gone = once(this.keeper, "exit");
      this.keeper.ref();
      this.keeper.stdin?.end();
      await gone;
    }
  }

  private async end(signal: NodeJS.Signals): Promise<void> {
    const child = this.child;
    if (child === undefined) {
      return;
    }
    const gone = once(child, "exit");
    const children = childrenOf(this.pid);
    if (signal === "SIGKILL") {
      this.signalAll("SIGKILL");
    } else {
      this.resume();
      child.kill(signal);
    }
    await gone;
    // PostgreSQL does not start while an old process still holds the shared memory.
    await Promise.all(children.map(untilDead));
  }

  /** Signals the server first, so that it starts no more children. */
  private signalAll(signal: NodeJS.Signals): void {
    for (const pid of [this.pid, ...childrenOf(this.pid)]) {
      try {
        process.kill(pid, signal);
      } catch {
        // The process ended before the signal.
      }
    }
  }

  /** Reads the log also after the server is ready: a full pipe would block it. */
  private readiness(child: ChildProcess): Promise<void> {
    return new Promise((resolve) => {
      for (const output of [child.stdout, child.stderr]) {
        if (output) {
          createInterface({ input: output }).on("line", (line) => {
            this.log.push(line);
            if (this.log.length > LAST_LINES) this.log.shift();
            if (this.program.ready.test(line)) resolve();
          });
        }
      }
    });
  }
}

async function untilDead(pid: number): Promise<void> {
  while (isAlive(pid)) {
    await setTimeout(5);
  }
}

/** Tells whether a process runs; a zombie does not. */
function isAlive(pid: number): boolean {
  try {
    return !/^\d+ \(.*\) [ZX]/.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return false;
  }
}

function childrenOf(pid: number): number[] {
  try {
    const list = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim();
    return list === "" ? [] : list.split(" ").map(Number);
  } catch {
    return [];
  }
}
