import { type Account, type Invitation, type OidcProfile, type User } from "../account";
import { type AgentPrincipal } from "../principal";

/** The agents' accounts. Nobody signs up: an admin invites each agent. */
export interface Accounts {
  /**
   * Returns the active account when the password is right. Takes equally long for an unknown address.
   * @throws Overloaded, DatabaseUnavailable
   */
  byPassword(email: string, password: string): Promise<Account | undefined>;

  /** Returns the account of an identity provider's profile; creates it when its verified address has a pending invitation. */
  byOidc(profile: OidcProfile): Promise<Account | undefined>;

  list(): Promise<readonly User[]>;

  /** `undefined` when there is no such user. */
  setDisabled(userId: string, disabled: boolean): Promise<User | undefined>;

  /** Replaces an earlier invitation of the address. `undefined` when the address has an account. */
  invite(
    inviter: AgentPrincipal,
    invitee: { readonly email: string; readonly role: "agent" | "admin" },
  ): Promise<Invitation | undefined>;

  /** Returns the new account's address; `undefined` for a token that is unknown, used, replaced or expired. @throws Overloaded */
  acceptInvitation(invitation: {
    readonly token: string;
    readonly name: string;
    readonly password: string;
  }): Promise<string | undefined>;
}
