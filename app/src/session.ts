import { getServerSession } from "next-auth";
import { cookies } from "next/headers";
import { notFound, redirect } from "next/navigation";
import { type PrincipalView } from "../protocol";
import { authOptions } from "./auth";

export interface Agent extends PrincipalView {
  readonly kind: "agent";
  readonly role: "agent" | "admin";
}

/** Returns the agent of the session cookie, or redirects to the sign-in page when there is no session or it has ended. */
export async function requireAgent(): Promise<Agent> {
  const session = await getServerSession(authOptions());
  if (session === null) redirect((await hasSessionCookie()) ? "/sign-in?ended=expired" : "/sign-in");
  const { id, name, role } = session.user;
  return { kind: "agent", userId: id, name, role };
}

/** Whether the browser had a session, which the sign-in page then says has ended; next-auth splits a long cookie and numbers its parts. */
async function hasSessionCookie(): Promise<boolean> {
  const names = (await cookies()).getAll().map(({ name }) => name);
  return names.some((name) => /^(?:__Secure-)?next-auth\.session-token(?:\.\d+)?$/.test(name));
}

export async function requireAdmin(): Promise<Agent> {
  const agent = await requireAgent();
  if (agent.role !== "admin") notFound();
  return agent;
}
