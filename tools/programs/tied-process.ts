import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";

/** util-linux, on every Debian. */
const SETPRIV = ["/usr/bin/setpriv", "/bin/setpriv"].find((path) => existsSync(path));

export interface TiedProcessOptions {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** File descriptor that takes both outputs. */
  readonly output: number;
  /** Control groups to run in: files named `cgroup.procs`. @default none */
  readonly cgroupFiles?: readonly string[];
}

// The shell joins the groups itself, so that not even the first instant of the program runs outside of them. PWD is its own doing.
const JOIN = 'while [ "$1" != -- ]; do echo $$ > "$1" || exit 126; shift; done; shift; unset PWD OLDPWD; exec "$@"';

/**
 * Starts a program in a process group of its own, out of reach of a Ctrl-C in the terminal. The kernel kills it when this
 * process ends, however that comes about.
 */
export function spawnTied(command: readonly string[], options: TiedProcessOptions): ChildProcess {
  const { cwd, env, output, cgroupFiles = [] } = options;
  const tie = SETPRIV === undefined ? [] : [SETPRIV, "--pdeathsig", "KILL", "--"];
  const [program = "", ...args] = [...tie, "/bin/sh", "-c", JOIN, "sh", ...cgroupFiles, "--", ...command];
  return spawn(program, args, { cwd, env, stdio: ["ignore", output, output], detached: true });
}

/** Signals a process group; false when it is gone already. */
export function signalGroup(pid: number, signal: NodeJS.Signals): boolean {
  try {
    process.kill(-pid, signal);
    return true;
  } catch {
    return false;
  }
}
