import { DatabaseUnavailable } from "../domain/ports/errors";

/**
 * A statement that the database refused for a reason that does not pass: a fault of ours, or a constraint that the caller asks about.
 * Says the SQLSTATE and the constraint only, since PostgreSQL quotes values in its messages and details.
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

/** What a failure calls for. */
export type FailureKind =
  /** Nothing was done, and doing it again now is likely to work: a deadlock, a serialization failure. */
  | "retry"
  /** The sign-in was refused, so that nothing was done: the password may have been rotated. */
  | "sign-in"
  /** It answered, but not now: statement timeout, lock timeout. The connection is fine. */
  | "slow"
  /** No answer, no connection, full, read-only: the connection is given up. */
  | "unavailable"
  /** Ours. */
  | "fault";

/** SQLSTATE of each kind; two characters stand for a whole class. Source: PostgreSQL 15 documentation, appendix A. */
const KINDS: Readonly<Record<string, FailureKind>> = {
  "40001": "retry",
  "40P01": "retry",
  "28P01": "sign-in",
  "28000": "sign-in",
  "57014": "slow",
  "55P03": "slow",
  /** Read-only transaction: the connection leads to an instance that is no longer the primary. */
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
  // Without a SQLSTATE it is the driver or the network that speaks; but for mistakes in our own code.
  const ours = error instanceof TypeError || error instanceof RangeError || error instanceof SyntaxError;
  return ours ? "fault" : "unavailable";
}

function sqlstateOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !("code" in error)) return undefined;
  // Names of system errors such as EPIPE look alike: PostgreSQL's errors have a severity besides.
  return typeof error.code === "string" && SQLSTATE.test(error.code) && "severity" in error ? error.code : undefined;
}

/** The error that callers see for one of the driver's. */
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

/** Words of the driver or the network: names of hosts and files, never values. An AggregateError (one for each address) has no message. */
function reasonOf(error: unknown): string {
  if (typeof error !== "object" || error === null) return "no reason given";
  if ("errors" in error && Array.isArray(error.errors)) return error.errors.map(reasonOf).join(", ");
  return "message" in error && typeof error.message === "string" ? error.message : "no reason given";
}
