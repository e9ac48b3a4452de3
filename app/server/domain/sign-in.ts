import { type Account } from "./account";
import { type Accounts } from "./ports/accounts";
import { type AttemptLimiter } from "./ports/attempt-limiter";
import { DatabaseUnavailable, Overloaded } from "./ports/errors";
import { type KnownAddresses } from "./ports/known-addresses";

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
 * Limits guessing one account's password from one address, many accounts from one address, and one account from many addresses. Whoever
 * exhausts the last one locks the account's owner out for up to an hour, except at addresses from which the owner has signed in before. It
 * takes many addresses: one address adds at most 40 attempts per hour to it, because those that its own limits refuse are not counted.
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

export interface SignInServices {
  readonly accounts: Accounts;
  readonly limiters: SignInLimiters;
  /** @default no address is known */
  readonly knownAddresses?: KnownAddresses;
}

/** Checks a password. Attempts are counted before the account is looked up, so that the limits reveal nothing about it. */
export async function signIn(
  services: SignInServices,
  { email, password, clientAddress }: Credentials,
): Promise<SignInResult> {
  const { accounts, knownAddresses } = services;
  const address = email.trim().toLowerCase().slice(0, MAX_LENGTH);
  try {
    const retryAfterMs = await countAttempt(services, address, clientAddress);
    if (retryAfterMs !== undefined) return { kind: "limited", retryAfterMs };
    const account = await accounts.byPassword(address, password.slice(0, MAX_LENGTH));
    if (account === undefined) return { kind: "wrong" };
    await knownAddresses?.remember(address, clientAddress);
    return { kind: "account", account };
  } catch (error) {
    if (error instanceof Overloaded || error instanceof DatabaseUnavailable) return { kind: "unavailable" };
    throw error;
  }
}

/** Returns the milliseconds to wait when a limit is reached. */
async function countAttempt(
  { limiters, knownAddresses }: SignInServices,
  account: string,
  clientAddress: string,
): Promise<number | undefined> {
  const ofAddress = await Promise.all([
    limiters.accountAtAddress.consume(`${account}|${clientAddress}`),
    limiters.address.consume(clientAddress),
  ]);
  const waits = ofAddress.flatMap((verdict) => (verdict.allowed ? [] : [verdict.retryAfterMs]));
  if (waits.length > 0) return Math.max(...waits);
  const ofAccount = await limiters.account.consume(account);
  if (ofAccount.allowed || (await knownAddresses?.has(account, clientAddress)) === true) return undefined;
  return ofAccount.retryAfterMs;
}
