import { type Invitation } from "./account";
import { type Accounts } from "./ports/accounts";
import { type AgentPrincipal } from "./principal";

/** Invites an address to create an account. `undefined` when it has one already. */
export function inviteAgent(
  { accounts }: { readonly accounts: Accounts },
  admin: AgentPrincipal,
  invitee: { readonly email: string; readonly role: "agent" | "admin" },
): Promise<Invitation | undefined> {
  return accounts.invite(admin, invitee);
}
