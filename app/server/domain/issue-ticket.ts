import { type SocketTicket } from "../../protocol";
import { type Identity } from "./ports/identity";
import { type Principal, sessionExpiry } from "./principal";

/** Issues a ticket for a socket handshake of the principal's session. */
export function issueTicket({ identity }: { readonly identity: Identity }, principal: Principal): SocketTicket {
  return { ticket: identity.issueTicket(principal), sessionExpiresAt: sessionExpiry(principal) };
}
