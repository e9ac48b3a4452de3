import { format } from "node:util";
import { isCutOff } from "../http/is-cut-off";
import { type Log } from "./log";

const LEVELS = { error: "error", warn: "warn", log: "info", info: "info", debug: "debug" } as const;

/**
 * Writes what libraries print on the console, such as Next's errors of pages, to the log: one JSON object each, with secrets redacted, instead
 * of stack traces over many lines.
 */
export function logConsole(log: Log, target: Pick<Console, keyof typeof LEVELS> = console): void {
  for (const [name, level] of Object.entries(LEVELS)) {
    target[name as keyof typeof LEVELS] = (...values: unknown[]): void => {
      const error = values.find((value) => value instanceof Error);
      const text = format(...values.filter((value) => value !== error)).trim();
      log[isCutOff(error) ? "info" : level](
        { ...(error && { err: error }), source: "console" },
        text === "" ? "an error" : text,
      );
    };
  }
}
