/** Who is on the other side of a request or a socket: what every authorization is decided by. */
export type Principal = AgentPrincipal | VisitorPrincipal;

export interface AgentPrincipal {
  readonly kind: "agent";
  readonly userId: string;
  readonly name: string;
  readonly role: "agent" | "admin";
  /** The session that it came from: ending it closes every socket that was opened by it. */
  readonly sessionId: string;
  /** When the session ends, in seconds since the epoch. */
  readonly expiresAt: number;
}

/** A customer: sees one conversation, and nothing else exists for them. */
export interface VisitorPrincipal {
  readonly kind: "visitor";
  /** Id of the visitor, in the place where agents have their user id. */
  readonly userId: string;
  readonly name: string;
  readonly conversationId: string;
  readonly sessionId: string;
  readonly expiresAt: number;
}
