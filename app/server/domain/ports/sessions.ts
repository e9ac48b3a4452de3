/** Sessions of agents and visitors, by their id. */
export interface Sessions {
  /** Ends a session for good. */
  revoke(sessionId: string): Promise<void>;

  /** Whether the session has not been revoked and its user is not disabled. */
  isActive(sessionId: string, userId: string): Promise<boolean>;

  /** Returns the name and role of an active session's agent; `undefined` when it has ended. */
  find(
    sessionId: string,
    userId: string,
  ): Promise<{ readonly name: string; readonly role: "agent" | "admin" } | undefined>;
}
