import { type Account } from "./account";
import { type Accounts } from "./ports/accounts";
import { type AttemptLimiter } from "./ports/attempt-limiter";
import { DatabaseUnavailable, Overloaded } from "./ports/errors";

/** Never tells which half of the credentials was wrong. */
export type SignInResult =
  | { readonly kind: "account"; readonly account: Account }
  | { readonly kind: "wrong" }
  | { readonly kind: "limited"; readonly retryAfterMs: number }
  | { readonly kind: "unavailable" };

/** Characters of the typed address and password that are read; no account has longer ones. */
const MAX_LENGTH = 300;

const QUARTER_OF_AN_HOUR = 15 * 60;

/**
 * Limits guessing one account's password from one address, many accounts from one address, and one account from many addresses. The last
 * limit is high, because whoever exhausts it locks the account's owner out for up to an hour.
 */
export const SIGN_IN_LIMITS = {
  accountAtAddress: { name: "sign-in-account-address", points: 10, durationSec: QUARTER_OF_AN_HOUR },
  address: { name: "sign-in-address", points: 100, durationSec: QUARTER_OF_AN_HOUR },
  account: { name: "sign-in-account", points: 200, durationSec: 60 * 60 },
} as const;

export type SignInLimiters = Readonly<Record<keyof typeof SIGN_IN_LIMITS, AttemptLimiter>>;

export interface Credentials {
  readonly email: string;
  readonly password: string;
  readonly clientAddress: string;
}

/** Checks a password. Attempts are counted before the account is looked up, so that the limits reveal nothing about it. */
export async function signIn(
  { accounts, limiters }: { readonly accounts: Accounts; readonly limiters: SignInLimiters },
  { email, password, clientAddress }: Credentials,
): Promise<SignInResult> {
  const address = email.trim().toLowerCase().slice(0, MAX_LENGTH);
  const retryAfterMs = await countAttempt(limiters, address, clientAddress);
  if (retryAfterMs !== undefined) return { kind: "limited", retryAfterMs };
  try {
    const account = await accounts.byPassword(address, password.slice(0, MAX_LENGTH));
    return account ? { kind: "account", account } : { kind: "wrong" };
  } catch (error) {
    if (error instanceof Overloaded || error instanceof DatabaseUnavailable) return { kind: "unavailable" };
    throw error;
  }
}

/** Returns the milliseconds to wait when a limit is reached. */
async function countAttempt(
  limiters: SignInLimiters,
  account: string,
  clientAddress: string,
): Promise<number | undefined> {
  const verdicts = await Promise.all([
    limiters.accountAtAddress.consume(`${account}|${clientAddress}`),
    limiters.address.consume(clientAddress),
    limiters.account.consume(account),
  ]);
  const waits = verdicts.flatMap((verdict) => (verdict.allowed ? [] : [verdict.retryAfterMs]));
  return waits.length === 0 ? undefined : Math.max(...waits);
}
