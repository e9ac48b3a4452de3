import { z } from "zod";
import { TICKET_LIFE_SEC } from "../../protocol";
import { type Principal } from "../domain/principal";
import { SignedTokens } from "./signed-tokens";

const CLOCK_TOLERANCE_SEC = 5;

const common = { sub: z.uuid(), name: z.string(), sid: z.string().min(1), session_exp: z.int() };

const ticketClaims = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("agent"), role: z.enum(["agent", "admin"]), ...common }),
  z.object({ kind: z.literal("visitor"), conversation: z.uuid(), ...common }),
]);

/** Tickets of socket handshakes. They contain the whole principal, so that a handshake does not need the database. */
export class Tickets {
  private readonly tokens: SignedTokens<typeof ticketClaims>;

  constructor(
    secret: string,
    private readonly now: () => number = Date.now,
  ) {
    this.tokens = new SignedTokens({
      secret,
      audience: "socket",
      claims: ticketClaims,
      toleranceSec: CLOCK_TOLERANCE_SEC,
    });
  }

  issue(principal: Principal): string {
    const { userId, name, sessionId, expiresAt } = principal;
    const claims = { sub: userId, name, sid: sessionId, session_exp: expiresAt };
    return this.tokens.sign(
      principal.kind === "agent"
        ? { ...claims, kind: "agent", role: principal.role }
        : { ...claims, kind: "visitor", conversation: principal.conversationId },
      Math.floor(this.now() / 1000) + TICKET_LIFE_SEC,
    );
  }

  verify(ticket: string): Principal | undefined {
    const claims = this.tokens.verify(ticket);
    if (claims === undefined || claims.session_exp * 1000 <= this.now()) return undefined;
    const person = { userId: claims.sub, name: claims.name, sessionId: claims.sid, expiresAt: claims.session_exp };
    return claims.kind === "agent"
      ? { kind: "agent", role: claims.role, ...person }
      : { kind: "visitor", conversationId: claims.conversation, ...person };
  }
}
