/** The database did not answer, is full, or refused for a temporary reason: try again later. */
export class DatabaseUnavailable extends Error {
  override readonly name = "DatabaseUnavailable";
}

/** Too many calls are waiting already: try again later. */
export class Overloaded extends Error {
  override readonly name = "Overloaded";
}

/** The caller has read or asked for too much: try again after the wait. */
export class RateLimited extends Error {
  override readonly name = "RateLimited";

  constructor(readonly retryAfterMs: number) {
    super(`over the limit for ${retryAfterMs} ms`);
  }
}
