import { type SignInResult } from "../pages/auth-backend";
import { DatabaseUnavailable } from "../services";
import { type Accounts } from "./accounts";
import { Overloaded } from "./concurrency-limit";

/** Counts attempts of a key. */
export interface AttemptLimiter {
  consume(
    key: string,
  ): Promise<{ readonly allowed: true } | { readonly allowed: false; readonly retryAfterMs: number }>;
}

/** Characters of what was typed that are looked at; no account has as long an address or password. */
const LONGEST = 300;

const QUARTER_OF_AN_HOUR = 15 * 60;

/**
 * Guessing one password from one address, many from one address, and one from many addresses. The last one is wide: whoever reaches it can
 * keep somebody else from signing in for an hour, which is the smaller harm.
 */
export const SIGN_IN_LIMITS = {
  accountAtAddress: { name: "sign-in-account-address", points: 10, durationSec: QUARTER_OF_AN_HOUR },
  address: { name: "sign-in-address", points: 100, durationSec: QUARTER_OF_AN_HOUR },
  account: { name: "sign-in-account", points: 200, durationSec: 60 * 60 },
} as const;

export type SignInLimiters = Readonly<Record<keyof typeof SIGN_IN_LIMITS, AttemptLimiter>>;

/** Checks passwords, within limits that are counted before anything is known of the account. */
export class SignIn {
  constructor(
    private readonly accounts: Accounts,
    private readonly limiters: SignInLimiters,
  ) {}

  async attempt(email: string, password: string, clientAddress: string): Promise<SignInResult> {
    const address = email.trim().toLowerCase().slice(0, LONGEST);
    const retryAfterMs = await this.limited(address, clientAddress);
    if (retryAfterMs !== undefined) return { kind: "limited", retryAfterMs };
    try {
      const account = await this.accounts.byPassword(address, password.slice(0, LONGEST));
      return account ? { kind: "account", account } : { kind: "wrong" };
    } catch (error) {
      if (error instanceof Overloaded || error instanceof DatabaseUnavailable) return { kind: "unavailable" };
      throw error;
    }
  }

  private async limited(account: string, address: string): Promise<number | undefined> {
    const { accountAtAddress, address: byAddress, account: byAccount } = this.limiters;
    const verdicts = await Promise.all([
      accountAtAddress.consume(`${account}|${address}`),
      byAddress.consume(address),
      byAccount.consume(account),
    ]);
    const waits = verdicts.flatMap((verdict) => (verdict.allowed ? [] : [verdict.retryAfterMs]));
    return waits.length === 0 ? undefined : Math.max(...waits);
  }
}
