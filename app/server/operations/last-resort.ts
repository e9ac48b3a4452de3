import { type Log } from "./log";

/** Exit code after a fault that nothing caught. */
export const FAULT_EXIT_CODE = 1;

/**
 * What is left when something threw where nobody caught it. The state of the process is unknown then: it says why, stops taking work and
 * ends. That is for faults of ours; nothing that a client sends, and no server that goes away, may come this far.
 */
export function installLastResort(log: Log, leave: (code: number) => void): void {
  const fatal = (error: unknown, kind: string): void => {
    log.fatal({ err: error, kind }, "nobody caught this");
    leave(FAULT_EXIT_CODE);
  };
  process.on("uncaughtException", (error) => fatal(error, "exception"));
  process.on("unhandledRejection", (reason) => fatal(reason, "rejection"));
}
