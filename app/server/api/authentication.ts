import { refusal, type Refusal } from "../../protocol";
import { type AgentPrincipal, type Principal, type VisitorPrincipal } from "../domain/principal";
import { type ApiContext, type Caller } from "./route";

/** Finds the principal of a request's cookie. */
export interface Authentication {
  readonly sessions: { agentOf(headers: Headers): Promise<AgentPrincipal | undefined> };
  readonly visitors: { visitorOf(headers: Headers): Promise<VisitorPrincipal | undefined> };
}

/** Returns the principal that a route asks for, `undefined` for a public route, or the refusal. */
export async function authenticate(
  caller: Caller,
  context: ApiContext,
  { sessions, visitors }: Authentication,
): Promise<Principal | Refusal | undefined> {
  if (caller === "anyone") return undefined;
  const { headers } = context.req.raw;
  const asVisitor = caller === "visitor" || (caller === "person" && context.req.query("as") === "visitor");
  const principal = asVisitor ? await visitors.visitorOf(headers) : await sessions.agentOf(headers);
  if (principal === undefined) return refusal("UNAUTHENTICATED", "Sign in first.");
  const isAdmin = principal.kind === "agent" && principal.role === "admin";
  if (caller === "admin" && !isAdmin) return refusal("FORBIDDEN", "This is for admins.");
  return principal;
}
