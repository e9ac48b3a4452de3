import { DatabaseUnavailable } from "../domain/ports/errors";

/**
 * A statement that the database refused permanently: a bug, or a constraint that the caller handles. Contains the SQLSTATE and the constraint
 * only, because PostgreSQL quotes values in its messages and details.
 */
export class DatabaseFault extends Error {
  override readonly name = "DatabaseFault";

  constructor(
    /** SQLSTATE, five characters. */
    readonly code: string,
    readonly constraint: string | undefined,
  ) {
    super(`the database refused a statement: SQLSTATE ${code}${constraint === undefined ? "" : ` (${constraint})`}`);
  }
}

/** How to handle a failure. */
export type FailureKind =
  /** Nothing was changed, and an immediate retry is likely to succeed: a deadlock, a serialization failure. */
  | "retry"
  /** The login was refused, so that nothing was changed: the password may have been rotated. */
  | "sign-in"
  /** A statement or lock timeout. The connection is usable. */
  | "slow"
  /** No answer, no connection, full, read-only: the connection is dropped. */
  | "unavailable"
  /** A bug. */
  | "fault";

/** The kind of each SQLSTATE, or of a whole class by its two characters. Source: PostgreSQL 15 documentation, appendix A. */
const KINDS: Readonly<Record<string, FailureKind>> = {
  "40001": "retry",
  "40P01": "retry",
  "28P01": "sign-in",
  "28000": "sign-in",
  "57014": "slow",
  "55P03": "slow",
  /** Read-only transaction: the connection's instance is no longer the primary. */
  "25006": "unavailable",
  /** Connection exception. */
  "08": "unavailable",
  /** Insufficient resources: disk full, out of memory, too many connections. */
  "53": "unavailable",
  /** Operator intervention: shutdown, crash, starting up. */
  "57": "unavailable",
  /** System error outside of PostgreSQL: input/output. */
  "58": "unavailable",
};

const SQLSTATE = /^[0-9A-Z]{5}$/;

export function failureKindOf(error: unknown): FailureKind {
  const code = sqlstateOf(error);
  if (code !== undefined) return KINDS[code] ?? KINDS[code.slice(0, 2)] ?? "fault";
  // An error without SQLSTATE comes from the driver or the network, unless it is a bug of ours.
  const isBug = error instanceof TypeError || error instanceof RangeError || error instanceof SyntaxError;
  return isBug ? "fault" : "unavailable";
}

function sqlstateOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !("code" in error)) return undefined;
  // Codes of system errors such as EPIPE have the same form; only PostgreSQL's errors have a severity.
  return typeof error.code === "string" && SQLSTATE.test(error.code) && "severity" in error ? error.code : undefined;
}

/** Converts an error of the driver into the one that callers handle. */
export function toDatabaseError(error: unknown): Error {
  if (error instanceof DatabaseUnavailable || error instanceof DatabaseFault) return error;
  const code = sqlstateOf(error);
  if (failureKindOf(error) !== "fault") {
    const reason = code === undefined ? reasonOf(error) : `SQLSTATE ${code}`;
    return new DatabaseUnavailable(`the database is unavailable: ${reason}`);
  }
  if (code === undefined) return error instanceof Error ? error : new Error("the database failed without an error");
  const constraint = error instanceof Error && "constraint" in error ? error.constraint : undefined;
  return new DatabaseFault(code, typeof constraint === "string" ? constraint : undefined);
}

/** The message of the driver or the network, which names hosts and files and never values. An AggregateError (one per address) has none. */
function reasonOf(error: unknown): string {
  if (typeof error !== "object" || error === null) return "no reason given";
  if ("errors" in error && Array.isArray(error.errors)) return error.errors.map(reasonOf).join(", ");
  return "message" in error && typeof error.message === "string" ? error.message : "no reason given";
}
