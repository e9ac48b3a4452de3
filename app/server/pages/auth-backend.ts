import { type Account, type OidcProfile } from "../domain/account";
import { type SignInResult } from "../domain/sign-in";

/**
 * What next-auth, which runs inside Next, needs of the server. Next bundles its own copy of every module, so the two share this object
 * through the global scope; the server puts it there before Next starts.
 */
export interface AuthBackend {
  /** Checks a password. Takes equally long for an unknown address, and counts towards the limits of sign-ins. */
  authorize(email: string, password: string, clientAddress: string): Promise<SignInResult>;
  /** Returns the account of an identity provider's profile; `undefined` when its address was not invited. */
  accountOfOidc(profile: OidcProfile): Promise<Account | undefined>;
  /** Whether a session may be extended: it was not ended, and its user is not disabled. */
  isActive(sessionId: string, userId: string): Promise<boolean>;
  /**
   * Returns who a session belongs to, with the name and role of today; `undefined` when it has ended.
   * @throws DatabaseUnavailable
   */
  agentOf(session: { readonly sessionId: string; readonly userId: string }): Promise<SessionAgent | undefined>;
  /** Revokes a session and closes its sockets on every task. */
  endSession(sessionId: string): Promise<void>;
  /** Writes a complaint of next-auth, such as an invalid cookie, to the server's log. */
  log(code: string, error?: unknown): void;
}

export interface SessionAgent {
  readonly userId: string;
  readonly name: string;
  readonly role: "agent" | "admin";
}

const KEY = Symbol.for("messenger-crm.auth-backend");

type Holder = { [KEY]?: AuthBackend };

export function provideAuthBackend(backend: AuthBackend): void {
  (globalThis as Holder)[KEY] = backend;
}

/** @throws Error when Next runs without the server */
export function authBackend(): AuthBackend {
  const backend = (globalThis as Holder)[KEY];
  if (backend === undefined) throw new Error("Next was started without the server: provideAuthBackend was not called");
  return backend;
}
