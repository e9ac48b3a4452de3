import { type User } from "./account";
import { type Accounts } from "./ports/accounts";
import { type Notifier } from "./ports/notifier";
import { type AgentPrincipal } from "./principal";

export type SetUserDisabledResult =
  { readonly kind: "changed"; readonly user: User } | { readonly kind: "not-found" | "own-account" };

/** Disables a user, which ends their sessions at once, or enables them again. Admins cannot change their own account. */
export async function setUserDisabled(
  { accounts, notifier }: { readonly accounts: Accounts; readonly notifier: Notifier },
  admin: AgentPrincipal,
  { userId, disabled }: { readonly userId: string; readonly disabled: boolean },
): Promise<SetUserDisabledResult> {
  if (userId === admin.userId) return { kind: "own-account" };
  const user = await accounts.setDisabled(userId, disabled);
  if (user === undefined) return { kind: "not-found" };
  if (disabled) notifier.endUser(user.userId);
  return { kind: "changed", user };
}
