/** Counts attempts of a key, such as an address or an account, against a rate limit. */
export interface AttemptLimiter {
  consume(
    key: string,
  ): Promise<{ readonly allowed: true } | { readonly allowed: false; readonly retryAfterMs: number }>;
}
