import { type NextAuthOptions, type Session } from "next-auth";
import { encode, type JWT, type JWTEncodeParams } from "next-auth/jwt";
import CredentialsProvider from "next-auth/providers/credentials";
import { type OAuthConfig } from "next-auth/providers/oauth";
import { secretValues } from "../server/identity/secret-values";
import { decodeSession } from "../server/identity/session-cookie";
import { authBackend } from "../server/pages/auth-backend";
import { type Account } from "../server/domain/account";
import { CLIENT_ADDRESS_HEADER } from "../server/pages/client-address";

/** How long a session lasts after its last extension, and at most after its start, in seconds. */
const SESSION_SEC = 12 * 60 * 60;
const LONGEST_SESSION_SEC = 7 * 24 * 60 * 60;

interface OidcClaims {
  readonly sub: string;
  readonly email?: string;
  readonly email_verified?: boolean;
  readonly name?: string;
}

function nowSec(): number {
  return Math.floor(Date.now() / 1000);
}

/** Returns the part of an account that goes into the cookie, including fields that next-auth's user type lacks. */
function toUser({ userId, name, email, role }: Account) {
  return { id: userId, name, email, role };
}

const credentials = CredentialsProvider({
  credentials: { email: { type: "email" }, password: { type: "password" } },
  async authorize(given, request) {
    const address: unknown = (request.headers as Record<string, unknown> | undefined)?.[CLIENT_ADDRESS_HEADER];
    const result = await authBackend().authorize(
      given?.email ?? "",
      given?.password ?? "",
      typeof address === "string" ? address : "",
    );
    if (result.kind === "account") return toUser(result.account);
    if (result.kind === "wrong") return null;
    // next-auth passes the error's message to the sign-in page, which distinguishes these cases by it.
    throw new Error(result.kind);
  },
});

function oidc(issuer: string): OAuthConfig<OidcClaims> {
  return {
    id: "oidc",
    name: "OpenID Connect",
    type: "oauth",
    issuer,
    wellKnown: `${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`,
    authorization: { params: { scope: "openid email profile" } },
    idToken: true,
    checks: ["pkce", "state", "nonce"],
    clientId: process.env["OIDC_CLIENT_ID"],
    clientSecret: process.env["OIDC_CLIENT_SECRET"],
    profile: ({ sub, email, name }) => ({ id: sub, email, name, role: "agent" }),
  };
}

/** Keeps the expiry that the token itself names, because reading a session must not extend it. */
function encodeUntilEnd(params: JWTEncodeParams): Promise<string> {
  const endsAt = params.token?.endsAt;
  return encode(endsAt === undefined ? params : { ...params, maxAge: endsAt - nowSec() });
}

async function extendSession(token: JWT): Promise<JWT> {
  // On an error next-auth would remove the cookie, and a short database outage must not sign anybody out.
  const live = await authBackend()
    .isActive(token.sid, token.sub ?? "")
    .catch(() => false);
  if (!live) return token;
  return { ...token, endsAt: Math.min(nowSec() + SESSION_SEC, (token.startedAt ?? 0) + LONGEST_SESSION_SEC) };
}

/** Most of what next-auth calls an error is a request that anybody can make, such as one with an invalid cookie. */
const authLogger: NonNullable<NextAuthOptions["logger"]> = {
  error: (code, metadata) => authBackend().log(code, metadata instanceof Error ? metadata : metadata.error),
  warn: (code) => authBackend().log(code),
  debug: () => undefined,
};

/**
 * Returns the person whose session the cookie names; `undefined` when it has ended, so that no page shows their name to whoever has the cookie.
 * While the database does not answer, there is no name either: the page then works as far as it can without the server.
 */
async function userOf({ sub = "", sid, role }: JWT): Promise<Session["user"] | undefined> {
  try {
    const agent = await authBackend().agentOf({ sessionId: sid, userId: sub });
    return agent && { id: sub, name: agent.name, role: agent.role };
  } catch {
    return { id: sub, name: "", role };
  }
}

/** Whether people may sign in through an identity provider. */
export function hasOidc(): boolean {
  return (process.env["OIDC_ISSUER"] ?? "") !== "";
}

/** Cookies are written with the first value of the secret, and read with each. */
function cookieOptions(secret: string): Pick<NextAuthOptions, "secret" | "jwt"> {
  return {
    secret: secretValues(secret)[0],
    jwt: { encode: encodeUntilEnd, decode: (params) => decodeSession({ ...params, secret }) },
  };
}

export function authOptions(): NextAuthOptions {
  const issuer = process.env["OIDC_ISSUER"];
  return {
    ...cookieOptions(process.env["NEXTAUTH_SECRET"] ?? ""),
    providers: issuer === undefined || issuer === "" ? [credentials] : [credentials, oidc(issuer)],
    session: { strategy: "jwt", maxAge: SESSION_SEC },
    logger: authLogger,
    pages: { signIn: "/sign-in", error: "/sign-in", signOut: "/sign-in" },
    callbacks: {
      async signIn({ user, account, profile }) {
        if (account?.provider !== "oidc") return true;
        const claims = profile as OidcClaims;
        const known = await authBackend().accountOfOidc({
          subject: claims.sub,
          email: claims.email ?? "",
          emailVerified: claims.email_verified === true,
          name: claims.name ?? "",
        });
        if (known === undefined) return "/sign-in?error=not-invited";
        Object.assign(user, toUser(known));
        return true;
      },
      async jwt({ token, user, trigger }) {
        if (trigger === "update") return extendSession(token);
        // Present only at sign-in, although next-auth's type says always.
        if ((user as typeof user | undefined) === undefined) return token;
        const startedAt = nowSec();
        return {
          sub: user.id,
          name: user.name,
          role: user.role,
          sid: crypto.randomUUID(),
          startedAt,
          endsAt: startedAt + SESSION_SEC,
        };
      },
      session: async ({ session, token }) => {
        const user = await userOf(token);
        // next-auth takes a session without fields for none, and keeps the cookie, which ends by itself.
        return user === undefined ? ({} as Session) : { ...session, user };
      },
    },
    events: {
      signOut: async ({ token }) => {
        if ((token as JWT | null) !== null) await authBackend().endSession(token.sid);
      },
    },
  };
}
