import { type Clock } from "./ports/clock";

/** The agent or customer that a request or a connection acts for. Every authorization depends on it. */
export type Principal = AgentPrincipal | VisitorPrincipal;

export interface AgentPrincipal {
  readonly kind: "agent";
  readonly userId: string;
  readonly name: string;
  readonly role: "agent" | "admin";
  /** Ending the session closes every socket that was opened with it. */
  readonly sessionId: string;
  /** When the session ends, in seconds since the epoch. */
  readonly expiresAt: number;
}

/** A customer, who sees a single conversation. */
export interface VisitorPrincipal {
  readonly kind: "visitor";
  /** Id of the visitor, in the field where agents have their user id. */
  readonly userId: string;
  readonly name: string;
  readonly conversationId: string;
  readonly sessionId: string;
  readonly expiresAt: number;
}

/** Why a session ended before its time. */
export type EndedReason = "signed-out" | "disabled";

export function isExpired({ expiresAt }: Principal, now: Clock): boolean {
  return expiresAt * 1000 <= now();
}

/** ISO 8601 */
export function sessionExpiry({ expiresAt }: Principal): string {
  return new Date(expiresAt * 1000).toISOString();
}
