import { getTableName, isTable } from "drizzle-orm";
import * as schema from "./schema";

type Tables = {
  [K in keyof typeof schema as (typeof schema)[K] extends { $inferSelect: unknown } ? K : never]: string;
};

/** The app's privileges on each table; a missing table does not compile. Messages are never changed or deleted. */
const PRIVILEGES: Tables = {
  appUser: "select, insert, update",
  invitation: "select, insert, update, delete",
  visitor: "select, insert",
  conversation: "select, insert, update",
  conversationNote: "select, insert",
  conversationMember: "select, insert, update, delete",
  message: "select, insert",
  revokedSession: "select, insert, delete",
  knownAddress: "select, insert, update, delete",
  messageSearch: "select, insert",
  searchProgress: "select, insert, update",
  searchLease: "select, insert, update",
};

/** Returns one GRANT for each table of the schema. @param role the quoted name of the role */
export function grants(role: string): readonly string[] {
  return (Object.keys(PRIVILEGES) as (keyof Tables)[]).map((key) => {
    const table = schema[key];
    if (!isTable(table)) throw new Error(`${key} is not a table`);
    return `grant ${PRIVILEGES[key]} on table public."${getTableName(table)}" to ${role}`;
  });
}
