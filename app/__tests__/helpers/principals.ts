import { randomUUID } from "node:crypto";
import { type AgentPrincipal } from "../../server/domain/principal";

/** An agent whose session ends in an hour. */
export function agent(over: Partial<AgentPrincipal> = {}): AgentPrincipal {
  const userId = randomUUID();
  const expiresAt = Math.floor(Date.now() / 1000) + 3600;
  return { kind: "agent", userId, name: "An Agent", role: "agent", sessionId: randomUUID(), expiresAt, ...over };
}
