import { type Tickets } from "../../app/server/identity/tickets";

const SESSION_SEC = 3600;

/** What a signed-in agent shows at the handshake of a socket. */
export function agentTicket(tickets: Tickets, userId: string): string {
  const expiresAt = Math.floor(Date.now() / 1000) + SESSION_SEC;
  return tickets.issue({ kind: "agent", userId, name: "A person", role: "agent", sessionId: userId, expiresAt });
}
