import { type Bridge } from "../pages/bridge";
import { type Notifier } from "../services";
import { type Accounts } from "./accounts";
import { type Sessions } from "./sessions";
import { type SignIn } from "./sign-in";

export interface BridgeParts {
  readonly accounts: Accounts;
  readonly sessions: Sessions;
  readonly signIn: SignIn;
  readonly notifier: Notifier;
}

/** What the pages' sign-in may ask of the server. */
export function createBridge({ accounts, sessions, signIn, notifier }: BridgeParts): Bridge {
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
