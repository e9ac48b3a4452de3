import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";

export interface CommandOptions {
  readonly env: NodeJS.ProcessEnv;
  readonly cwd?: string;
  /** Called for each line on standard output as soon as it is printed. */
  readonly onLine?: (line: string) => void;
  /**
   * What a fatal signal to this process does to the program: `kill` ends both at once; `forward` passes it on as SIGINT and lets the
   * program finish, as Terraform does with its state, and this process goes on when it has ended. @default "kill"
   */
  readonly onSignal?: "kill" | "forward" | undefined;
  /** What the program reads from standard input. @default nothing */
  readonly input?: string | undefined;
}

export interface CommandResult {
  /** The exit code; null when a signal ended the program. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const FATAL_SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
/** Time between SIGTERM and SIGKILL. */
const STOP_GRACE_MS = 3000;

const live = new Set<ChildProcess>();
const finishing = new Set<ChildProcess>();
let guarded = false;

/** Starts a program in a process group of its own, which is killed when this process exits or gets a fatal signal. */
export function spawnGuarded(
  command: string,
  args: readonly string[],
  options: Pick<CommandOptions, "env" | "cwd" | "onSignal"> & { stdin?: "pipe" | "ignore" },
): ChildProcess {
  guardExit();
  const child = spawn(command, args, {
    env: options.env,
    cwd: options.cwd,
    stdio: [options.stdin ?? "ignore", "pipe", "pipe"],
    detached: true,
  });
  const groups = options.onSignal === "forward" ? [live, finishing] : [live];
  for (const group of groups) {
    group.add(child);
    child.once("close", () => group.delete(child));
    child.once("error", () => group.delete(child));
  }
  return child;
}

/** Runs a program and resolves when it has ended. Rejects only when it cannot be started. */
export function run(command: string, args: readonly string[], options: CommandOptions): Promise<CommandResult> {
  return new Promise((resolve, reject) => {
    const child = spawnGuarded(command, args, { ...options, stdin: options.input === undefined ? "ignore" : "pipe" });
    // A program that ends without reading all of it says why by its exit code.
    child.stdin?.on("error", () => undefined);
    child.stdin?.end(options.input);
    const stdout: string[] = [];
    const stderr: string[] = [];
    if (child.stdout) {
      createInterface({ input: child.stdout }).on("line", (line) => {
        stdout.push(line);
        options.onLine?.(line);
      });
    }
    child.stderr?.on("data", (chunk: Buffer) => stderr.push(chunk.toString()));
    child.once("error", reject);
    child.once("close", (code) => resolve({ code, stdout: stdout.join("\n"), stderr: stderr.join("") }));
  });
}

/** Ends a program and its children: SIGTERM, and SIGKILL after 3 s. Resolves once it has ended. */
export async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) {
    return;
  }
  const closed = new Promise<void>((resolve) => child.once("close", () => resolve()));
  signalGroup(child, "SIGTERM");
  const timer = setTimeout(() => signalGroup(child, "SIGKILL"), STOP_GRACE_MS);
  await closed;
  clearTimeout(timer);
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) {
    return;
  }
  try {
    process.kill(-child.pid, signal);
  } catch {
    // The group is gone already.
  }
}

function killAll(): void {
  for (const child of live) {
    signalGroup(child, "SIGKILL");
  }
  live.clear();
}

function guardExit(): void {
  if (guarded) {
    return;
  }
  guarded = true;
  process.once("exit", killAll);
  for (const signal of FATAL_SIGNALS) {
    const end = () => {
      if (finishing.size > 0) {
        for (const child of finishing) signalGroup(child, "SIGINT");
        return;
      }
      killAll();
      // Who else listens, such as a command that cleans up, decides when the process ends.
      if (process.listenerCount(signal) > 1) return;
      // Without this listener, the signal has its default effect and ends the process.
      process.removeListener(signal, end);
      process.kill(process.pid, signal);
    };
    process.on(signal, end);
  }
}
