import { type Context } from "hono";
import { type z } from "zod";
import { type Refusal } from "../../protocol";
import { type AgentPrincipal, type Principal, type VisitorPrincipal } from "../domain/principal";

/** What the HTTP server knows of a request and Hono does not. */
export interface ApiBindings {
  /** Behind how many trusted proxies the client is, has been reckoned with. */
  readonly clientAddress: string;
}

export type ApiContext = Context<{ Bindings: ApiBindings }>;

/** Who may call a route, and what the handler gets to know of them. */
export interface Callers {
  readonly anyone: undefined;
  readonly agent: AgentPrincipal;
  readonly admin: AgentPrincipal;
  readonly visitor: VisitorPrincipal;
  /** An agent by their session, or with `?as=visitor` a customer: a browser may hold both cookies. */
  readonly person: Principal;
}

export type Caller = keyof Callers;

export interface Call<C extends Caller, Body> {
  readonly caller: Callers[C];
  readonly body: Body;
  /** A UUID of the path in lower case, by its name there. */
  readonly id: (name?: string) => string;
  /** A parameter of the query; `undefined` where there is none. */
  readonly query: (name: string) => string | undefined;
  readonly context: ApiContext;
}

/** The body of a 200, or why it is none. */
export type Answer = { readonly ok: true } | Refusal;

export interface RouteDefinition<C extends Caller, Body> {
  readonly method: "GET" | "POST" | "PATCH" | "DELETE";
  /** Under /api, with `:id` for a UUID. */
  readonly path: string;
  readonly caller: C;
  readonly body?: z.ZodType<Body>;
  /** Name of the limit per client address. @default the limit of requests alone */
  readonly limit?: ApiLimit;
  handle(call: Call<C, Body>): Promise<Answer>;
}

/** A route of any caller and body, as the table has it. */
export interface Route {
  readonly method: "GET" | "POST" | "PATCH" | "DELETE";
  readonly path: string;
  readonly caller: Caller;
  readonly body: z.ZodType | undefined;
  readonly limit: ApiLimit | undefined;
  /** @param caller who was found by `caller` above @param body what `body` above let through */
  handle(call: Call<Caller, unknown>): Promise<Answer>;
}

const MINUTE = 60;

/** Per client address. An office of agents may share one. */
export const API_LIMITS = {
  request: { name: "api-request", points: 1200, durationSec: MINUTE },
  visitor: { name: "api-visitor", points: 30, durationSec: 10 * MINUTE },
  invitation: { name: "api-invitation", points: 30, durationSec: 10 * MINUTE },
} as const;

export type ApiLimit = keyof typeof API_LIMITS;

/** Of the requests, the ones that a task counts for itself: after an outage everybody asks for a ticket, and none of them is an attack. */
export const LOCAL_REQUEST_QUOTA = { name: "api-request", points: 60, durationSec: MINUTE } as const;

/** Ties the types of a route's caller and body to its handler, and forgets them for the table. */
export function route<C extends Caller, Body = undefined>(definition: RouteDefinition<C, Body>): Route {
  const { method, path, caller, body, limit } = definition;
  return {
    method,
    path,
    caller,
    body,
    limit,
    // The dispatcher gives each handler the caller and the body that its own definition asked for.
    handle: (call) => definition.handle(call as Call<C, Body>),
  };
}
