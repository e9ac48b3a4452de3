/**
 * Why an event or request was refused. `retryable` ones go back to the outbox and are sent again with backoff;
 * the others are final and shown to the person.
 */
export const ERROR_CODES = {
  /** The payload is not what the event's schema says. */
  INVALID: { retryable: false },
  /** No such conversation, or not yours: the two are never told apart. */
  NOT_FOUND: { retryable: false },
  /** The same client message id was used by somebody else or for another text. */
  CONFLICT: { retryable: false },
  /** The session ended, expired or was never there. */
  UNAUTHENTICATED: { retryable: false },
  /** Signed in, but not with the role that this needs. */
  FORBIDDEN: { retryable: false },
  /** Over the limit; wait `retryAfterMs`. */
  RATE_LIMITED: { retryable: true },
  /** The database did not answer in time: whether the message is stored is unknown, the same id makes a retry safe. */
  UNAVAILABLE: { retryable: true },
  /** This task is shutting down; connect again and retry. */
  DRAINING: { retryable: true },
  /** A fault of ours, logged with an id. */
  INTERNAL: { retryable: true },
} as const;

export type ErrorCode = keyof typeof ERROR_CODES;

export interface Refusal {
  readonly ok: false;
  readonly code: ErrorCode;
  /** One sentence for a person; never a stack trace, never another user's data. */
  readonly message: string;
  readonly retryable: boolean;
  /** Milliseconds to wait at least, where the server knows. */
  readonly retryAfterMs?: number;
}

export function refusal(code: ErrorCode, message: string, retryAfterMs?: number): Refusal {
  const { retryable } = ERROR_CODES[code];
  return retryAfterMs === undefined
    ? { ok: false, code, message, retryable }
    : { ok: false, code, message, retryable, retryAfterMs };
}
