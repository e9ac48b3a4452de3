import { type Accounts } from "./ports/accounts";

/**
 * Creates the account of an invitation's token.
 * @returns its address; `undefined` for a token that is unknown, used, replaced or expired
 * @throws Overloaded
 */
export function acceptInvitation(
  { accounts }: { readonly accounts: Accounts },
  invitation: { readonly token: string; readonly name: string; readonly password: string },
): Promise<string | undefined> {
  return accounts.acceptInvitation(invitation);
}
