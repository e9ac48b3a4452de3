import { type Log } from "./log";

/** Exit code after an uncaught error. */
export const EXIT_UNCAUGHT_ERROR = 1;

/**
 * Ends the process after an uncaught error, because its state is then unknown: logs the error and exits. Only bugs may end here; nothing that
 * a client sends and no unavailable server may.
 */
export function handleUncaughtErrors(log: Log, exit: (code: number) => void): void {
  const fatal = (error: unknown, kind: string): void => {
    log.fatal({ err: error, kind }, "uncaught error");
    exit(EXIT_UNCAUGHT_ERROR);
  };
  process.on("uncaughtException", (error) => fatal(error, "exception"));
  process.on("unhandledRejection", (reason) => fatal(reason, "rejection"));
}
