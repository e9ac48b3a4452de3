/** Lengths of a rate limit's window, in seconds. Source: WAF API reference, RateBasedStatement. */
export const RATE_WINDOWS_SEC = [60, 120, 300, 600] as const;
export type RateWindowSec = (typeof RATE_WINDOWS_SEC)[number];
