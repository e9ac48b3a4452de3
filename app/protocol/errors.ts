/**
 * Why an event or request was refused. The client sends retryable ones again with backoff, from its outbox; the others are final and shown to
 * the person.
 */
export const ERROR_CODES = {
  /** The payload does not match the event's schema. */
  INVALID: { retryable: false },
  /** There is no such conversation, or it is not the caller's; the refusal is the same. */
  NOT_FOUND: { retryable: false },
  /** The client message id belongs to another sender's message or another text. */
  CONFLICT: { retryable: false },
  /** There is no session, or it has ended or expired. */
  UNAUTHENTICATED: { retryable: false },
  /** The caller's role is not sufficient. */
  FORBIDDEN: { retryable: false },
  /** Over the limit; wait `retryAfterMs`. */
  RATE_LIMITED: { retryable: true },
  /** The database did not answer in time. The message may be stored; a retry with the same id is safe. */
  UNAVAILABLE: { retryable: true },
  /** This task is shutting down; connect again and retry. */
  DRAINING: { retryable: true },
  /** A bug, logged with an id. */
  INTERNAL: { retryable: true },
} as const;

export type ErrorCode = keyof typeof ERROR_CODES;

export interface Refusal {
  readonly ok: false;
  readonly code: ErrorCode;
  /** One sentence for a person; never a stack trace, never another user's data. */
  readonly message: string;
  readonly retryable: boolean;
  /** Minimum wait in milliseconds, if the server knows it. */
  readonly retryAfterMs?: number;
}

export function refusal(code: ErrorCode, message: string, retryAfterMs?: number): Refusal {
  const { retryable } = ERROR_CODES[code];
  return retryAfterMs === undefined
    ? { ok: false, code, message, retryable }
    : { ok: false, code, message, retryable, retryAfterMs };
}
