import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { type Database } from "../../server/data/database";
import { appUser, conversation, conversationMember, visitor } from "../../server/data/schema";
import { type AgentPrincipal, type VisitorPrincipal } from "../../server/domain/principal";

const IN_AN_HOUR = () => Math.floor(Date.now() / 1000) + 3600;

/** Stores a user and returns the principal of one of their sessions. */
export async function makeAgent(database: Database, role: "agent" | "admin" = "agent"): Promise<AgentPrincipal> {
  const userId = randomUUID();
  const name = `${role} ${userId.slice(0, 4)}`;
  await database.run((queries) =>
    queries.insert(appUser).values({ id: userId, email: `${userId}@example.com`, name, role }),
  );
  return { kind: "agent", userId, name, role, sessionId: randomUUID(), expiresAt: IN_AN_HOUR() };
}

/** Stores a customer with a conversation. */
export async function makeVisitor(database: Database): Promise<VisitorPrincipal> {
  const userId = randomUUID();
  const conversationId = randomUUID();
  const name = `visitor ${userId.slice(0, 4)}`;
  await database.run((queries) => queries.insert(visitor).values({ id: userId, name }));
  await database.run((queries) => queries.insert(conversation).values({ id: conversationId, visitorId: userId }));
  return { kind: "visitor", userId, name, conversationId, sessionId: randomUUID(), expiresAt: IN_AN_HOUR() };
}

/** Makes the agent a member, as taking the conversation does. */
export async function join(database: Database, conversationId: string, { userId }: AgentPrincipal): Promise<void> {
  await database.run((queries) => queries.insert(conversationMember).values({ conversationId, userId }));
  await database.run((queries) =>
    queries.update(conversation).set({ takenAt: new Date() }).where(eq(conversation.id, conversationId)),
  );
}
