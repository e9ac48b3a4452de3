import { type Log } from "./log";

/** Exit code after a fault that nothing caught. */
export const EXIT_UNCAUGHT_ERROR = 1;

/**
 * What is left when something threw where nobody caught it. The state of the process is unknown then: it says why, stops taking work and
 * ends. That is for faults of ours; nothing that a client sends, and no server that goes away, may come this far.
 */
export function handleUncaughtErrors(log: Log, exit: (code: number) => void): void {
  const fatal = (error: unknown, kind: string): void => {
    log.fatal({ err: error, kind }, "nobody caught this");
    exit(EXIT_UNCAUGHT_ERROR);
  };
  process.on("uncaughtException", (error) => fatal(error, "exception"));
  process.on("unhandledRejection", (reason) => fatal(reason, "rejection"));
}
