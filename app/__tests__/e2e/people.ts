import { hash } from "@node-rs/argon2";

export const PASSWORD = "correct horse battery staple";

export interface Person {
  readonly email: string;
  readonly name: string;
  readonly role: "agent" | "admin";
}

export const ADMIN: Person = { email: "ada@example.com", name: "Ada", role: "admin" };
export const AKI: Person = { email: "aki@example.com", name: "Aki 亜希", role: "agent" };
export const BEN: Person = { email: "ben@example.com", name: "Ben", role: "agent" };

/** Returns the SQL statement that creates their accounts, all with `PASSWORD`. */
export async function accountsOf(people: readonly Person[]): Promise<string> {
  const passwordHash = await hash(PASSWORD);
  const rows = people.map(({ email, name, role }) => `('${email}', '${name}', '${role}', '${passwordHash}')`);
  return `insert into app_user (email, name, role, password_hash) values ${rows.join(", ")}`;
}
