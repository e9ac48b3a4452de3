import { type Context } from "hono";
import { type z } from "zod";
import { type Refusal } from "../../protocol";
import { type AgentPrincipal, type Principal, type VisitorPrincipal } from "../domain/principal";

/** What the HTTP server passes on about a request. */
export interface ApiBindings {
  /** The client's address, as seen by the outermost trusted proxy. */
  readonly clientAddress: string;
}

export type ApiContext = Context<{ Bindings: ApiBindings }>;

/** Who may call a route, and the principal that its handler receives. */
export interface Callers {
  readonly anyone: undefined;
  readonly agent: AgentPrincipal;
  readonly admin: AgentPrincipal;
  readonly visitor: VisitorPrincipal;
  /** An agent by default, a customer with `?as=visitor`: a browser may have the cookies of both. */
  readonly person: Principal;
}

export type Caller = keyof Callers;

export interface Call<C extends Caller, Body> {
  readonly caller: Callers[C];
  readonly body: Body;
  /** Returns a UUID of the path by its name, in lower case. */
  readonly id: (name?: string) => string;
  /** Returns a query parameter; `undefined` when it is missing. */
  readonly query: (name: string) => string | undefined;
  readonly context: ApiContext;
}

/** The body of a 200, or a refusal. */
export type Answer = { readonly ok: true } | Refusal;

export interface RouteDefinition<C extends Caller, Body> {
  readonly method: "GET" | "POST" | "PATCH" | "DELETE";
  /** Under /api, with `:id` for a UUID. */
  readonly path: string;
  readonly caller: C;
  readonly body?: z.ZodType<Body>;
  /** A limit per client address besides that of all requests. @default none */
  readonly limit?: ApiLimit;
  handle(call: Call<C, Body>): Promise<Answer>;
}

/** A route with the types of its caller and body erased, for the list of all routes. */
export interface Route {
  readonly method: "GET" | "POST" | "PATCH" | "DELETE";
  readonly path: string;
  readonly caller: Caller;
  readonly body: z.ZodType | undefined;
  readonly limit: ApiLimit | undefined;
  /** Expects the caller and the body that this route declares. */
  handle(call: Call<Caller, unknown>): Promise<Answer>;
}

const MINUTE = 60;

/** Limits per client address, which an office of agents may share. */
export const API_LIMITS = {
  request: { name: "api-request", points: 1200, durationSec: MINUTE },
  visitor: { name: "api-visitor", points: 30, durationSec: 10 * MINUTE },
  invitation: { name: "api-invitation", points: 30, durationSec: 10 * MINUTE },
  search: { name: "api-search", points: 600, durationSec: MINUTE },
} as const;

export type ApiLimit = keyof typeof API_LIMITS;

/** Requests of one address that each task allows by its own count: after an outage every client asks for a ticket at once. */
export const LOCAL_REQUEST_QUOTA = { name: "api-request", points: 60, durationSec: MINUTE } as const;

/** Defines a route whose handler gets the types of its caller and body; the returned value has them erased. */
export function route<C extends Caller, Body = undefined>(definition: RouteDefinition<C, Body>): Route {
  const { method, path, caller, body, limit } = definition;
  return {
    method,
    path,
    caller,
    body,
    limit,
    // `createApi` passes the caller and the body that the definition declares.
    handle: (call) => definition.handle(call as Call<C, Body>),
  };
}
