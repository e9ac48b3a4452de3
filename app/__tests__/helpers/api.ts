import { encode } from "next-auth/jwt";
import { type Api, type ApiLimit, API_LIMITS, createApi } from "../../server/api";
import { type Database } from "../../server/data/database";
import { type AttemptLimiter } from "../../server/domain/ports/attempt-limiter";
import { type Services, createServices } from "../../server/composition";
import { type AgentPrincipal, type VisitorPrincipal } from "../../server/domain/principal";
import { RecordingNotifier } from "./recording-notifier";

export const ORIGIN = "https://chat.example.com";

export const SECRETS = {
  NEXTAUTH_SECRET: "n".repeat(48),
  SOCKET_TICKET_SECRET: "t".repeat(48),
  VISITOR_TOKEN_SECRET: "v".repeat(48),
  NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: "a".repeat(32),
};

const ALLOWING: AttemptLimiter = { consume: () => Promise.resolve({ allowed: true }) };

export interface TestApi {
  readonly api: Api;
  readonly services: Services;
  readonly notifier: RecordingNotifier;
  readonly errors: unknown[];
  /** Sends a request as a browser on the site does; `body` becomes JSON. */
  call(request: string, options?: CallOptions): Promise<Reply>;
}

export interface CallOptions {
  readonly cookie?: string | undefined;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Readonly<Record<string, unknown>>;
}

export function testApi(database: Database, limiters: Partial<Record<ApiLimit, AttemptLimiter>> = {}): TestApi {
  const services = createServices(database, { secrets: SECRETS, publicOrigin: ORIGIN });
  const notifier = new RecordingNotifier();
  const errors: unknown[] = [];
  const allowing = Object.fromEntries(Object.keys(API_LIMITS).map((limit) => [limit, ALLOWING]));
  const api = createApi({
    ...services,
    notifier,
    allowedOrigins: [ORIGIN],
    limiters: { ...(allowing as Record<ApiLimit, AttemptLimiter>), ...limiters },
    onError: (error) => errors.push(error),
  });
  const call = async (request: string, { cookie, body, headers }: CallOptions = {}): Promise<Reply> => {
    const [method = "GET", path = "/"] = request.split(" ");
    const response = await api.request(
      path,
      {
        method,
        headers: {
          ...(method !== "GET" && { origin: ORIGIN }),
          ...(body !== undefined && { "content-type": "application/json" }),
          ...(cookie !== undefined && { cookie }),
          ...headers,
        },
        ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
      },
      { clientAddress: "192.0.2.1" },
    );
    return {
      status: response.status,
      headers: response.headers,
      body: (await response.json()) as Record<string, unknown>,
    };
  };
  return { api, services, notifier, errors, call };
}

const SESSION_COOKIE = "__Secure-next-auth.session-token";

/** The cookie that next-auth would have set. */
export async function agentCookie(
  { userId, name, role, sessionId, expiresAt }: AgentPrincipal,
  secret = SECRETS.NEXTAUTH_SECRET,
): Promise<string> {
  const token = { sub: userId, name, role, sid: sessionId };
  const maxAge = expiresAt - Math.floor(Date.now() / 1000);
  return `${SESSION_COOKIE}=${await encode({ token, secret, maxAge })}`;
}

/** The cookie that POST /api/visitors sets, and its customer. */
export async function beginVisitor(services: Services): Promise<{ principal: VisitorPrincipal; cookie: string }> {
  const { principal, token } = await services.visitors.create("客");
  return { principal, cookie: `${services.visitors.cookie}=${token}` };
}
