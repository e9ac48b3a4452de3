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
import { type Accounts, type Sessions, type StoredUser, VISITOR_LIFE_SEC, type Visitors } from "../identity";
import { type Principal } from "../domain/principal";
import { type Identity, type Notifier } from "../services";
import { notFound } from "./parameters";
import { type ApiContext, type Route, route } from "./route";

export interface IdentityParts {
  readonly identity: Identity;
  readonly sessions: Sessions;
  readonly visitors: Visitors;
  readonly accounts: Accounts;
  readonly notifier: Notifier;
}

export function identityRoutes(parts: IdentityParts): readonly Route[] {
  const { identity, sessions, notifier } = parts;
  return [
    route({
      method: "POST",
      path: "/tickets",
      caller: "person",
      handle: ({ caller }): Promise<TicketAnswer> =>
        Promise.resolve({
          ok: true,
          ticket: identity.issueTicket(caller),
          principal: viewOf(caller),
          sessionExpiresAt: new Date(caller.expiresAt * 1000).toISOString(),
        }),
    }),
    route({
      method: "GET",
      path: "/me",
      caller: "person",
      handle: async ({ caller }) => Promise.resolve({ ok: true, principal: viewOf(caller) }),
    }),
    route({
      method: "DELETE",
      path: "/session",
      caller: "person",
      handle: async ({ caller, context }) => {
        await sessions.revoke(caller.sessionId);
        notifier.endSession(caller.sessionId);
        if (caller.kind === "visitor") setVisitorCookie(context, parts.visitors, "", 0);
        return { ok: true };
      },
    }),
    ...visitorRoutes(parts),
    ...userRoutes(parts),
    ...invitationRoutes(parts),
  ];
}

function visitorRoutes({ visitors, notifier }: IdentityParts): readonly Route[] {
  return [
    route({
      method: "POST",
      path: "/visitors",
      caller: "anyone",
      limit: "visitor",
      body: restBodies.createVisitor,
      handle: async ({ body, context }): Promise<VisitorAnswer> => {
        const { principal, token } = await visitors.begin(body.name);
        setVisitorCookie(context, visitors, token, VISITOR_LIFE_SEC);
        notifier.inboxChangedForAll(principal.conversationId);
        return { ok: true, visitor: viewOf(principal) };
      },
    }),
    route({
      method: "GET",
      path: "/visitors/me",
      caller: "visitor",
      handle: async ({ caller }): Promise<VisitorAnswer> => Promise.resolve({ ok: true, visitor: viewOf(caller) }),
    }),
  ];
}

function userRoutes({ accounts, notifier }: IdentityParts): readonly Route[] {
  return [
    route({
      method: "GET",
      path: "/users",
      caller: "admin",
      handle: async (): Promise<UsersAnswer> => ({ ok: true, users: (await accounts.list()).map(userViewOf) }),
    }),
    route({
      method: "PATCH",
      path: "/users/:id",
      caller: "admin",
      body: restBodies.updateUser,
      handle: async ({ caller, id, body: { disabled } }) => {
        if (id() === caller.userId) return refusal("CONFLICT", "Nobody disables themselves: ask another admin.");
        const user = await accounts.setDisabled(id(), disabled);
        if (user === undefined) return notFound();
        if (disabled) notifier.endUser(user.userId);
        return { ok: true, user: userViewOf(user) } satisfies UserAnswer;
      },
    }),
  ];
}

function invitationRoutes({ accounts }: IdentityParts): readonly Route[] {
  return [
    route({
      method: "POST",
      path: "/invitations",
      caller: "admin",
      body: restBodies.createInvitation,
      handle: async ({ caller, body }) => {
        const invitation = await accounts.invite(caller, body);
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
        const email = await accounts.accept(body);
        if (email === undefined) return refusal("NOT_FOUND", "The invitation was used already, or is too old.");
        return { ok: true, email } satisfies InvitationAccepted;
      },
    }),
  ];
}

function setVisitorCookie(context: ApiContext, visitors: Visitors, value: string, maxAge: number): void {
  setCookie(context, visitors.cookie, value, {
    httpOnly: true,
    sameSite: "Strict",
    path: "/",
    secure: visitors.secure,
    maxAge,
  });
}

function viewOf(principal: Principal): PrincipalView {
  const { kind, userId, name } = principal;
  return kind === "agent"
    ? { kind, userId, name, role: principal.role }
    : { kind, userId, name, conversationId: principal.conversationId };
}

function userViewOf({ userId, email, name, role, disabledAt, createdAt }: StoredUser): UserView {
  return { id: userId, email, name, role, disabled: disabledAt !== null, createdAt: createdAt.toISOString() };
}
