/**
 * What the server offers to the code that runs inside Next. Next bundles its own copy of every module, so the two can share
 * objects only through the global; the server puts the bridge there before Next starts.
 */
export interface AuthBackend {
  /** Checks a password. Takes as long for a wrong address as for a wrong password, and counts towards the limits of logins. */
  authorize(email: string, password: string, clientAddress: string): Promise<SignInResult>;
  /** The account of somebody whom the identity provider vouches for; `undefined` when nobody invited that address. */
  accountOfOidc(profile: OidcProfile): Promise<Account | undefined>;
  /** Whether a session may be prolonged: it was not ended, and its user is not disabled. */
  isLive(sessionId: string, userId: string): Promise<boolean>;
  /** Revokes a session and closes its sockets on every task. */
  endSession(sessionId: string): Promise<void>;
}

export interface Account {
  readonly userId: string;
  readonly name: string;
  readonly email: string;
  readonly role: "agent" | "admin";
}

export interface OidcProfile {
  readonly subject: string;
  readonly email: string;
  readonly emailVerified: boolean;
  readonly name: string;
}

/** Which half of the credentials was wrong is never told. */
export type SignInResult =
  | { readonly kind: "account"; readonly account: Account }
  | { readonly kind: "wrong" }
  | { readonly kind: "limited"; readonly retryAfterMs: number }
  | { readonly kind: "unavailable" };

const KEY = Symbol.for("messenger-crm.bridge");

type Holder = { [KEY]?: AuthBackend };

export function provideAuthBackend(bridge: AuthBackend): void {
  (globalThis as Holder)[KEY] = bridge;
}

/** @throws Error when Next runs without the server around it, which is a fault of ours */
export function authBackend(): AuthBackend {
  const found = (globalThis as Holder)[KEY];
  if (found === undefined) throw new Error("Next was started without the server's bridge");
  return found;
}
