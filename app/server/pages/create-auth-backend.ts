import { endSession } from "../domain/end-session";
import { type Log } from "../operations/log";
import { type Accounts } from "../domain/ports/accounts";
import { type KnownAddresses } from "../domain/ports/known-addresses";
import { type Notifier } from "../domain/ports/notifier";
import { type Sessions } from "../domain/ports/sessions";
import { signIn, type SignInLimiters } from "../domain/sign-in";
import { type AuthBackend } from "./auth-backend";

export interface AuthBackendOptions {
  readonly accounts: Accounts;
  readonly sessions: Sessions;
  readonly notifier: Notifier;
  readonly limiters: SignInLimiters;
  readonly knownAddresses: KnownAddresses;
  readonly log: Log;
}

export function createAuthBackend(options: AuthBackendOptions): AuthBackend {
  const { accounts, sessions } = options;
  return {
    authorize: (email, password, clientAddress) => signIn(options, { email, password, clientAddress }),
    accountOfOidc: (profile) => accounts.byOidc(profile),
    isActive: (sessionId, userId) => sessions.isActive(sessionId, userId),
    agentOf: async ({ sessionId, userId }) => {
      const found = await sessions.find(sessionId, userId);
      return found && { userId, name: found.name, role: found.role };
    },
    endSession: (sessionId) => endSession(options, sessionId),
    log: (code, error) => options.log.warn({ code, ...(error !== undefined && { err: error }) }, "next-auth complains"),
  };
}
