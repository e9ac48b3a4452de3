import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";

/** util-linux, on every Debian. */
const SETPRIV = ["/usr/bin/setpriv", "/bin/setpriv"].find((path) => existsSync(path));

export interface TiedProcessOptions {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** File descriptor for standard output and standard error. */
  readonly output: number;
  /** Control groups to run in: files named `cgroup.procs`. @default none */
  readonly cgroupFiles?: readonly string[];
}

// The shell joins the groups before it starts the program, so that the program never runs outside of them. The shell sets PWD.
const JOIN = 'while [ "$1" != -- ]; do echo $$ > "$1" || exit 126; shift; done; shift; unset PWD OLDPWD; exec "$@"';

/**
 * Starts a program in a process group of its own, which a Ctrl-C in the terminal does not reach. The kernel kills it when this
 * process ends, also after SIGKILL.
 */
export function spawnTied(command: readonly string[], options: TiedProcessOptions): ChildProcess {
  const { cwd, env, output, cgroupFiles = [] } = options;
  const tie = SETPRIV === undefined ? [] : [SETPRIV, "--pdeathsig", "KILL", "--"];
  const [program = "", ...args] = [...tie, "/bin/sh", "-c", JOIN, "sh", ...cgroupFiles, "--", ...command];
  return spawn(program, args, { cwd, env, stdio: ["ignore", output, output], detached: true });
}

/** Signals a process group. Returns false when it has ended. */
export function signalGroup(pid: number, signal: NodeJS.Signals): boolean {
  try {
    process.kill(-pid, signal);
    return true;
  } catch {
    return false;
  }
}
