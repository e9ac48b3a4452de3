import { type AuthBackend } from "./auth-backend";
import { type Notifier } from "../services";
import { type Accounts } from "../identity/accounts";
import { type Sessions } from "../identity/sessions";
import { type SignIn } from "../identity/sign-in";

export interface AuthBackendOptions {
  readonly accounts: Accounts;
  readonly sessions: Sessions;
  readonly signIn: SignIn;
  readonly notifier: Notifier;
}

/** What the pages' sign-in may ask of the server. */
export function createAuthBackend({ accounts, sessions, signIn, notifier }: AuthBackendOptions): AuthBackend {
  return {
    authorize: (email, password, clientAddress) => signIn.attempt(email, password, clientAddress),
    accountOfOidc: (profile) => accounts.byOidc(profile),
    isLive: (sessionId, userId) => sessions.isLive(sessionId, userId),
    endSession: async (sessionId) => {
      await sessions.revoke(sessionId);
      notifier.endSession(sessionId);
    },
  };
}
