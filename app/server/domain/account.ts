/** An agent's account. */
export interface Account {
  readonly userId: string;
  readonly name: string;
  readonly email: string;
  readonly role: "agent" | "admin";
}

/** An account as admins see it. */
export interface User extends Account {
  readonly disabledAt: Date | null;
  readonly createdAt: Date;
}

export interface Invitation {
  /** Stored nowhere; only its hash is. */
  readonly token: string;
  readonly email: string;
  readonly expiresAt: Date;
}

/** What an OpenID Connect provider says about the person who signs in. */
export interface OidcProfile {
  readonly subject: string;
  readonly email: string;
  readonly emailVerified: boolean;
  readonly name: string;
}
