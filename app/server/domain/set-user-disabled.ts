import { type User } from "./account";
import { type Accounts } from "./ports/accounts";
import { type Conversations } from "./ports/conversations";
import { type Notifier } from "./ports/notifier";
import { type AgentPrincipal } from "./principal";

export type SetUserDisabledResult =
  { readonly kind: "changed"; readonly user: User } | { readonly kind: "not-found" | "own-account" | "no-successor" };

export interface UserChange {
  readonly userId: string;
  readonly disabled: boolean;
  /** Who continues the conversations of a user who is disabled. @default the queue */
  readonly successorId?: string | undefined;
}

/**
 * Disables a user, which ends their sessions at once and passes their conversations on, or enables them again. Admins cannot change their own
 * account. Safe to repeat: when it fails in between, the next call does the rest.
 */
export async function setUserDisabled(
  services: { readonly accounts: Accounts; readonly conversations: Conversations; readonly notifier: Notifier },
  admin: AgentPrincipal,
  { userId, disabled, successorId }: UserChange,
): Promise<SetUserDisabledResult> {
  const { accounts, conversations, notifier } = services;
  if (userId === admin.userId) return { kind: "own-account" };
  if (disabled && successorId !== undefined && !(await isSuccessor(conversations, userId, successorId))) {
    return { kind: "no-successor" };
  }
  const user = await accounts.setDisabled(userId, disabled);
  if (user === undefined) return { kind: "not-found" };
  if (!disabled) return { kind: "changed", user };
  notifier.endUser(userId);
  // After the account, so that whatever the user still took before is among them.
  const released = await conversations.releaseAll({ userId, by: admin, successorId });
  const [only, ...others] = released;
  if (only !== undefined) notifier.inboxChangedForAll(others.length === 0 ? only : undefined);
  return { kind: "changed", user };
}

async function isSuccessor(conversations: Conversations, userId: string, successorId: string): Promise<boolean> {
  if (successorId === userId) return false;
  return (await conversations.listColleagues()).some((colleague) => colleague.userId === successorId);
}
