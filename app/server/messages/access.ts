import { type Statement } from "../data/database";
import { type Principal } from "../domain/principal";

/** How a principal may access conversations. Each kind has its own SQL condition and prepared statements. */
export type Access = "admin" | "member" | "visitor";

export function accessOf(principal: Principal): Access {
  if (principal.kind === "visitor") return "visitor";
  return principal.role === "admin" ? "admin" : "member";
}

/** Returns the SQL condition on a conversation `c`; `person` is the placeholder of the principal's id. */
export function allowed(access: Access, person: string): string {
  // Uses the admin's id too, so that all three take the same parameters.
  if (access === "admin") return `${person}::uuid is not null`;
  if (access === "visitor") return `c.visitor_id = ${person}::uuid`;
  return `exists (select from conversation_member m where m.conversation_id = c.id and m.user_id = ${person}::uuid)`;
}

/** Creates a statement for each kind of access. */
export function forEachAccess(name: string, text: (access: Access) => string): Readonly<Record<Access, Statement>> {
  return {
    admin: { name: `${name}-admin`, text: text("admin") },
    member: { name: `${name}-member`, text: text("member") },
    visitor: { name: `${name}-visitor`, text: text("visitor") },
  };
}
