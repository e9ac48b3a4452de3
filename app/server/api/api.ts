import { randomUUID } from "node:crypto";
import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { secureHeaders } from "hono/secure-headers";
import { type ContentfulStatusCode } from "hono/utils/http-status";
import { z } from "zod";
import { HTTP_STATUS, refusal, type Refusal } from "../../protocol";
import { type AttemptLimiter } from "../domain/ports/attempt-limiter";
import { DatabaseUnavailable, Overloaded, RateLimited } from "../domain/ports/errors";
import { type Principal } from "../domain/principal";
import { isCutOff } from "../http/is-cut-off";
import { authenticate, type Authentication } from "./authentication";
import { conversationRoutes, type ConversationServices } from "./conversation-routes";
import { identityRoutes, type IdentityServices } from "./identity-routes";
import { notFound, RefusedRequest } from "./parameters";
import { type Answer, type ApiBindings, type ApiContext, type ApiLimit, type Route } from "./route";
import { searchRoutes, type SearchServices } from "./search-routes";

export type RouteServices = ConversationServices & IdentityServices & SearchServices;

export interface ApiOptions extends ConversationServices, IdentityServices, SearchServices, Authentication {
  readonly sessions: IdentityServices["sessions"] & Authentication["sessions"];
  readonly visitors: IdentityServices["visitors"] & Authentication["visitors"];
  /** Origins of pages that may change anything, compared exactly. */
  readonly allowedOrigins: readonly string[];
  readonly limiters: Readonly<Record<ApiLimit, AttemptLimiter>>;
  /** Receives unexpected errors with the id that the client got, and nothing of the request. */
  readonly onError: (error: unknown, errorId: string) => void;
}

/** Longest body of a request, in bytes: ten times an invitation with the longest name and password. */
const MAX_BODY_BYTES = 16 * 1024;

export type Api = Hono<{ Bindings: ApiBindings }>;

/** Lists every route under /api except those of health and next-auth. */
export function apiRoutes(services: RouteServices): readonly Route[] {
  return [...identityRoutes(services), ...conversationRoutes(services), ...searchRoutes(services)];
}

export function createApi(options: ApiOptions): Api {
  const api: Api = new Hono<{ Bindings: ApiBindings }>().basePath("/api");
  api.use(secureHeaders());
  api.use(async (context, next) => {
    // Set before there is a response: for a header that is added later, Hono copies the response through a stream.
    context.header("Cache-Control", "no-store");
    await next();
  });
  for (const route of apiRoutes(options)) {
    // Only where there is a body: limiting it makes a stream of it, a tenth of the cost of a ticket and its handshake.
    if (route.body) api.on(route.method, route.path, limitBody);
    api.on(route.method, route.path, async (context) => respond(context, await answer(route, context, options)));
  }
  api.notFound((context) => respond(context, notFound()));
  api.onError((error, context) => {
    const known = refusalOf(error);
    if (known) return respond(context, known);
    const errorId = randomUUID();
    options.onError(error, errorId);
    return respond(context, refusal("INTERNAL", `Something went wrong here (${errorId}).`));
  });
  return api;
}

const limitBody = bodyLimit({
  maxSize: MAX_BODY_BYTES,
  onError: (context) => context.json(refusal("INVALID", "The request is too long."), 413),
});

function respond(context: ApiContext, answer: Answer): Response {
  const status = answer.ok ? 200 : HTTP_STATUS[answer.code];
  if (!answer.ok && answer.retryAfterMs !== undefined) {
    context.header("Retry-After", String(Math.ceil(answer.retryAfterMs / 1000)));
  }
  return context.json(answer, status satisfies number as ContentfulStatusCode);
}

async function answer(route: Route, context: ApiContext, options: ApiOptions): Promise<Answer> {
  const early = originRefusal(route, context, options.allowedOrigins) ?? (await limitRefusal(route, context, options));
  if (early) return early;
  const principal = await authenticate(route.caller, context, options);
  if (isRefusal(principal)) return principal;
  return route.handle({
    caller: principal,
    body: route.body && (await bodyOf(route.body, context)),
    id: (name = "id") => idOf(context.req.param(name)),
    query: (name) => context.req.query(name),
    context,
  });
}

/** Pages of other sites cannot forge the Origin header, and every browser sends it with a change. */
function originRefusal(route: Route, context: ApiContext, allowed: readonly string[]): Refusal | undefined {
  if (route.method === "GET" || allowed.includes(context.req.header("origin") ?? "")) return undefined;
  return refusal("FORBIDDEN", "This origin may not change anything here.");
}

async function limitRefusal(route: Route, context: ApiContext, options: ApiOptions): Promise<Refusal | undefined> {
  const { clientAddress } = context.env;
  const limits: readonly ApiLimit[] = route.limit === undefined ? ["request"] : ["request", route.limit];
  for (const limit of limits) {
    const verdict = await options.limiters[limit].consume(clientAddress);
    if (!verdict.allowed) return refusal("RATE_LIMITED", "Too many requests: wait a moment.", verdict.retryAfterMs);
  }
  return undefined;
}

function isRefusal(value: Principal | Refusal | undefined): value is Refusal {
  return value !== undefined && "ok" in value;
}

async function bodyOf(schema: z.ZodType, context: ApiContext): Promise<unknown> {
  if (!/^application\/json(;|$)/i.test(context.req.header("content-type") ?? "")) {
    throw new RefusedRequest(refusal("INVALID", "The request has no JSON in it."));
  }
  const text = await context.req.text();
  const result = schema.safeParse(parseJson(text));
  if (result.success) return result.data;
  const { path, message } = result.error.issues[0] ?? { path: [], message: "is not valid" };
  throw new RefusedRequest(refusal("INVALID", `${path.map(String).join(".") || "The request"}: ${message}`));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new RefusedRequest(refusal("INVALID", "The request is not well-formed JSON."));
  }
}

const uuid = z.uuid().toLowerCase();

/** Answers a malformed id like an id that does not exist. */
function idOf(text: string | undefined): string {
  const id = uuid.safeParse(text);
  if (!id.success) throw new RefusedRequest(notFound());
  return id.data;
}

function refusalOf(error: unknown): Refusal | undefined {
  if (error instanceof RefusedRequest) return error.refusal;
  if (isCutOff(error)) return refusal("INVALID", "The request was cut off.");
  if (error instanceof RateLimited) {
    return refusal("RATE_LIMITED", "Too much is read at once: slow down.", error.retryAfterMs);
  }
  if (error instanceof DatabaseUnavailable || error instanceof Overloaded) {
    return refusal("UNAVAILABLE", "Not now: try again in a moment.");
  }
  return undefined;
}
