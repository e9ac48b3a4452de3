import { getTableName, isTable } from "drizzle-orm";
import * as schema from "./schema";

type Tables = {
  [K in keyof typeof schema as (typeof schema)[K] extends { $inferSelect: unknown } ? K : never]: string;
};

/** What the app itself does with each table; a table that is missing here does not compile. Nothing deletes or changes a message. */
const PRIVILEGES: Tables = {
  appUser: "select, insert, update",
  invitation: "select, insert, update, delete",
  visitor: "select, insert",
  conversation: "select, insert, update",
  conversationMember: "select, insert, update, delete",
  message: "select, insert",
  revokedSession: "select, insert, delete",
};

/** One GRANT for each table of the schema. @param role quoted already */
export function grants(role: string): readonly string[] {
  return (Object.keys(PRIVILEGES) as (keyof Tables)[]).map((key) => {
    const table = schema[key];
    if (!isTable(table)) throw new Error(`${key} is no table`);
    return `grant ${PRIVILEGES[key]} on table public."${getTableName(table)}" to ${role}`;
  });
}
