import { type Statement } from "../data/database";
import { type Principal } from "../domain/principal";

/** Who may read and write a conversation; each kind has its own condition, and with it its own prepared statements. */
export type Access = "admin" | "member" | "visitor";

export function accessOf(principal: Principal): Access {
  if (principal.kind === "visitor") return "visitor";
  return principal.role === "admin" ? "admin" : "member";
}

/** SQL condition on a conversation `c`, where `person` is the placeholder of the caller's id. */
export function allowed(access: Access, person: string): string {
  // The admin's id is compared too, so that all three take the same parameters.
  if (access === "admin") return `${person}::uuid is not null`;
  if (access === "visitor") return `c.visitor_id = ${person}::uuid`;
  return `exists (select from conversation_member m where m.conversation_id = c.id and m.user_id = ${person}::uuid)`;
}

/** A statement for each kind of access. */
export function forEachAccess(name: string, text: (access: Access) => string): Readonly<Record<Access, Statement>> {
  return {
    admin: { name: `${name}-admin`, text: text("admin") },
    member: { name: `${name}-member`, text: text("member") },
    visitor: { name: `${name}-visitor`, text: text("visitor") },
  };
}
