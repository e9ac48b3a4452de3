import { type Tickets } from "../../app/server/identity/tickets";

const SESSION_SEC = 3600;

/** Issues the ticket that a signed-in agent sends in a handshake. */
export function agentTicket(tickets: Tickets, userId: string): string {
  const expiresAt = Math.floor(Date.now() / 1000) + SESSION_SEC;
  return tickets.issue({ kind: "agent", userId, name: "A person", role: "agent", sessionId: userId, expiresAt });
}
