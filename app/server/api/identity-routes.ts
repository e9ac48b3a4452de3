import { setCookie } from "hono/cookie";
import {
  type InvitationAccepted,
  type InvitationCreated,
  type PrincipalView,
  refusal,
  restBodies,
  type TicketAnswer,
  type UserAnswer,
  type UsersAnswer,
  type UserView,
  type VisitorAnswer,
} from "../../protocol";
import { acceptInvitation } from "../domain/accept-invitation";
import { type User } from "../domain/account";
import { endSession } from "../domain/end-session";
import { inviteAgent } from "../domain/invite-agent";
import { issueTicket } from "../domain/issue-ticket";
import { type Accounts } from "../domain/ports/accounts";
import { type Conversations } from "../domain/ports/conversations";
import { type Identity } from "../domain/ports/identity";
import { type Notifier } from "../domain/ports/notifier";
import { type Sessions } from "../domain/ports/sessions";
import { type Visitors } from "../domain/ports/visitors";
import { type Principal } from "../domain/principal";
import { setUserDisabled } from "../domain/set-user-disabled";
import { startVisit } from "../domain/start-visit";
import { VISITOR_LIFE_SEC } from "../identity";
import { notFound } from "./parameters";
import { type ApiContext, type Route, route } from "./route";

export interface IdentityServices {
  readonly identity: Identity;
  readonly sessions: Sessions;
  readonly visitors: Visitors & VisitorCookie;
  readonly accounts: Accounts;
  readonly conversations: Conversations;
  readonly notifier: Notifier;
}

/** How the visitor token is set as a cookie. */
interface VisitorCookie {
  readonly cookie: string;
  readonly secure: boolean;
}

export function identityRoutes(services: IdentityServices): readonly Route[] {
  return [
    route({
      method: "POST",
      path: "/tickets",
      caller: "person",
      handle: ({ caller }): Promise<TicketAnswer> =>
        Promise.resolve({ ok: true, ...issueTicket(services, caller), principal: principalView(caller) }),
    }),
    route({
      method: "GET",
      path: "/me",
      caller: "person",
      handle: ({ caller }) => Promise.resolve({ ok: true, principal: principalView(caller) }),
    }),
    route({
      method: "DELETE",
      path: "/session",
      caller: "person",
      handle: async ({ caller, context }) => {
        await endSession(services, caller.sessionId);
        if (caller.kind === "visitor") setVisitorCookie(context, services.visitors, "", 0);
        return { ok: true };
      },
    }),
    ...visitorRoutes(services),
    ...userRoutes(services),
    ...invitationRoutes(services),
  ];
}

function visitorRoutes(services: IdentityServices): readonly Route[] {
  return [
    route({
      method: "POST",
      path: "/visitors",
      caller: "anyone",
      limit: "visitor",
      body: restBodies.createVisitor,
      handle: async ({ body, context }): Promise<VisitorAnswer> => {
        const { principal, token } = await startVisit(services, body.name);
        setVisitorCookie(context, services.visitors, token, VISITOR_LIFE_SEC);
        return { ok: true, visitor: principalView(principal) };
      },
    }),
    route({
      method: "GET",
      path: "/visitors/me",
      caller: "visitor",
      handle: ({ caller }): Promise<VisitorAnswer> => Promise.resolve({ ok: true, visitor: principalView(caller) }),
    }),
  ];
}

function userRoutes(services: IdentityServices): readonly Route[] {
  return [
    route({
      method: "GET",
      path: "/users",
      caller: "admin",
      handle: async (): Promise<UsersAnswer> => ({
        ok: true,
        users: (await services.accounts.list()).map(userView),
      }),
    }),
    route({
      method: "PATCH",
      path: "/users/:id",
      caller: "admin",
      body: restBodies.updateUser,
      handle: async ({ caller, id, body }) => {
        const result = await setUserDisabled(services, caller, { userId: id(), ...body });
        if (result.kind === "changed") return { ok: true, user: userView(result.user) } satisfies UserAnswer;
        if (result.kind === "not-found") return notFound();
        if (result.kind === "no-successor") return refusal("CONFLICT", "The successor is no active agent.");
        return refusal("CONFLICT", "Nobody disables themselves: ask another admin.");
      },
    }),
  ];
}

function invitationRoutes(services: IdentityServices): readonly Route[] {
  return [
    route({
      method: "POST",
      path: "/invitations",
      caller: "admin",
      body: restBodies.createInvitation,
      handle: async ({ caller, body }) => {
        const invitation = await inviteAgent(services, caller, body);
        if (invitation === undefined) return refusal("CONFLICT", "Somebody has an account by that address.");
        const { token, email, expiresAt } = invitation;
        return { ok: true, token, email, expiresAt: expiresAt.toISOString() } satisfies InvitationCreated;
      },
    }),
    route({
      method: "POST",
      path: "/invitations/accept",
      caller: "anyone",
      limit: "invitation",
      body: restBodies.acceptInvitation,
      handle: async ({ body }) => {
        const email = await acceptInvitation(services, body);
        if (email === undefined) return refusal("NOT_FOUND", "The invitation was used already, or is too old.");
        return { ok: true, email } satisfies InvitationAccepted;
      },
    }),
  ];
}

function setVisitorCookie(context: ApiContext, visitors: VisitorCookie, value: string, maxAge: number): void {
  setCookie(context, visitors.cookie, value, {
    httpOnly: true,
    sameSite: "Strict",
    path: "/",
    secure: visitors.secure,
    maxAge,
  });
}

function principalView(principal: Principal): PrincipalView {
  const { kind, userId, name } = principal;
  return kind === "agent"
    ? { kind, userId, name, role: principal.role }
    : { kind, userId, name, conversationId: principal.conversationId };
}

function userView({ userId, email, name, role, disabledAt, createdAt }: User): UserView {
  return { id: userId, email, name, role, disabled: disabledAt !== null, createdAt: createdAt.toISOString() };
}
