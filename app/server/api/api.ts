import { randomUUID } from "node:crypto";
import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { type ContentfulStatusCode } from "hono/utils/http-status";
import { secureHeaders } from "hono/secure-headers";
import { z } from "zod";
import { HTTP_STATUS, refusal, type Refusal } from "../../protocol";
import { type AttemptLimiter, Overloaded } from "../identity";
import { type Principal } from "../domain/principal";
import { DatabaseUnavailable } from "../services";
import { conversationRoutes, type ConversationParts } from "./conversation-routes";
import { identityRoutes, type IdentityParts } from "./identity-routes";
import { notFound, Refused } from "./parameters";
import { type Answer, type ApiBindings, type ApiContext, type ApiLimit, type Caller, type Route } from "./route";

export interface ApiOptions extends ConversationParts, IdentityParts {
  /** Origins that may change anything, compared exactly. */
  readonly allowedOrigins: readonly string[];
  readonly limiters: Readonly<Record<ApiLimit, AttemptLimiter>>;
  /** Told about faults of ours: the id that the client got, and no part of the request. */
  readonly onFault: (error: unknown, faultId: string) => void;
}

/** Longest body of a request, in bytes: an invitation with the longest name and password is a tenth of it. */
const MAX_BODY_BYTES = 16 * 1024;

export type Api = Hono<{ Bindings: ApiBindings }>;

/** Every route under /api but health and next-auth's. */
export function apiRoutes(options: ConversationParts & IdentityParts): readonly Route[] {
  return [...identityRoutes(options), ...conversationRoutes(options)];
}

export function createApi(options: ApiOptions): Api {
  const api: Api = new Hono<{ Bindings: ApiBindings }>().basePath("/api");
  api.use(secureHeaders());
  api.use(async (context, next) => {
    // Before there is an answer: a header that comes to it later makes Hono copy it, through a stream.
    context.header("Cache-Control", "no-store");
    await next();
  });
  for (const route of apiRoutes(options)) {
    // Looking at a body makes a stream of it, a tenth of what a ticket and its handshake cost; where none is wanted, none is read.
    if (route.body) api.on(route.method, route.path, limitBody);
    api.on(route.method, route.path, async (context) => respond(context, await answer(route, context, options)));
  }
  api.notFound((context) => respond(context, notFound()));
  api.onError((error, context) => {
    const known = refusalOf(error);
    if (known) return respond(context, known);
    const faultId = randomUUID();
    options.onFault(error, faultId);
    return respond(context, refusal("INTERNAL", `Something went wrong here (${faultId}).`));
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
  const principal = await callerOf(route.caller, context, options);
  if (isRefusal(principal)) return principal;
  return route.handle({
    caller: principal,
    body: route.body && (await bodyOf(route.body, context)),
    id: (name = "id") => idOf(context.req.param(name)),
    query: (name) => context.req.query(name),
    context,
  });
}

/** Another site's page cannot write the Origin header; one that sends none is no browser of ours. */
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

async function callerOf(
  caller: Caller,
  context: ApiContext,
  { sessions, visitors }: IdentityParts,
): Promise<Principal | Refusal | undefined> {
  if (caller === "anyone") return undefined;
  const { headers } = context.req.raw;
  const asVisitor = caller === "visitor" || (caller === "person" && context.req.query("as") === "visitor");
  const principal = asVisitor ? await visitors.visitorOf(headers) : await sessions.agentOf(headers);
  if (principal === undefined) return refusal("UNAUTHENTICATED", "Sign in first.");
  const isAdmin = principal.kind === "agent" && principal.role === "admin";
  if (caller === "admin" && !isAdmin) return refusal("FORBIDDEN", "This is for admins.");
  return principal;
}

function isRefusal(value: Principal | Refusal | undefined): value is Refusal {
  return value !== undefined && "ok" in value;
}

async function bodyOf(schema: z.ZodType, context: ApiContext): Promise<unknown> {
  if (!/^application\/json(;|$)/i.test(context.req.header("content-type") ?? "")) {
    throw new Refused(refusal("INVALID", "The request has no JSON in it."));
  }
  const text = await context.req.text();
  const result = schema.safeParse(parseJson(text));
  if (result.success) return result.data;
  const { path, message } = result.error.issues[0] ?? { path: [], message: "is not valid" };
  throw new Refused(refusal("INVALID", `${path.map(String).join(".") || "The request"}: ${message}`));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Refused(refusal("INVALID", "The request is not well-formed JSON."));
  }
}

const uuid = z.uuid().toLowerCase();

/** What is no UUID names nothing, as a UUID of nothing does. */
function idOf(text: string | undefined): string {
  const id = uuid.safeParse(text);
  if (!id.success) throw new Refused(notFound());
  return id.data;
}

function refusalOf(error: unknown): Refusal | undefined {
  if (error instanceof Refused) return error.refusal;
  if (error instanceof DatabaseUnavailable || error instanceof Overloaded) {
    return refusal("UNAVAILABLE", "Not now: try again in a moment.");
  }
  return undefined;
}
