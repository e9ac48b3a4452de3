import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";

export interface CommandOptions {
  readonly env: NodeJS.ProcessEnv;
  readonly cwd?: string;
  /** Called for each line on standard output as soon as it is printed. */
  readonly onLine?: (line: string) => void;
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
let guarded = false;

/** Starts a program in a process group of its own, which is killed when this process exits or gets a fatal signal. */
export function spawnGuarded(
  command: string,
  args: readonly string[],
  options: { env: NodeJS.ProcessEnv; cwd?: string; stdin?: "pipe" | "ignore" },
): ChildProcess {
  guardExit();
  const child = spawn(command, args, {
    env: options.env,
    cwd: options.cwd,
    stdio: [options.stdin ?? "ignore", "pipe", "pipe"],
    detached: true,
  });
  live.add(child);
  child.once("close", () => live.delete(child));
  child.once("error", () => live.delete(child));
  return child;
}

/** Runs a program and resolves when it has ended. Rejects only when it cannot be started. */
export function run(command: string, args: readonly string[], options: CommandOptions): Promise<CommandResult> {
  return new Promise((resolve, reject) => {
    const child = spawnGuarded(command, args, options);
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
    process.once(signal, () => {
      killAll();
      // `once` has removed this listener, so the signal now has its default effect and ends the process.
      process.kill(process.pid, signal);
    });
  }
}
