import { getServerSession } from "next-auth";
import { notFound, redirect } from "next/navigation";
import { type PrincipalView } from "../protocol";
import { authOptions } from "./auth";

export interface Agent extends PrincipalView {
  readonly kind: "agent";
  readonly role: "agent" | "admin";
}

/**
 * Who the cookie says it is. It decides what page is drawn and nothing more: what is on the page comes from the API, which asks the
 * database whether the session still holds.
 */
export async function requireAgent(): Promise<Agent> {
  const session = await getServerSession(authOptions());
  if (session === null) redirect("/sign-in");
  const { id, name, role } = session.user;
  return { kind: "agent", userId: id, name, role };
}

export async function requireAdmin(): Promise<Agent> {
  const agent = await requireAgent();
  if (agent.role !== "admin") notFound();
  return agent;
}
