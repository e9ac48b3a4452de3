import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { cookiesOf, type Http, jsonOf, type Reply } from "./http";

/** A customer of the deployment, as somebody who opens `/chat` becomes one. */
export interface Visitor {
  /** Cookie header with the visitor's token. */
  readonly cookie: string;
  readonly conversationId: string;
  /** Whether this run created it. */
  readonly isNew: boolean;
}

/** The customer's name, which agents see in their queue. */
export const VISITOR_NAME = "Smoke test";

/** Returns the customer of an earlier run, if its session is still valid. */
export async function returningVisitor(http: Http, file: string): Promise<Visitor | undefined> {
  const cookie = readCookie(file, http.url);
  if (cookie === undefined) return undefined;
  const reply = await http.send("/api/visitors/me", { cookie });
  return visitorIn(reply, cookie, false);
}

/** Creates a customer with a conversation. Returns the reply when the deployment refuses. */
export async function newVisitor(http: Http, file: string): Promise<Visitor | { readonly refused: Reply }> {
  const reply = await http.post("/api/visitors", "", { name: VISITOR_NAME });
  const cookie = cookiesOf(reply);
  const visitor = visitorIn(reply, cookie, true);
  if (visitor === undefined) return { refused: reply };
  mkdirSync(dirname(file), { recursive: true });
  // The token opens this one conversation; like a password, only its owner may read it.
  writeFileSync(file, JSON.stringify({ url: http.url, cookie }), { mode: 0o600 });
  return visitor;
}

/** Returns a ticket for one handshake. @throws Error with the server's answer when it gives none */
export async function fetchTicket(http: Http, { cookie }: Visitor): Promise<string> {
  const reply = await http.post("/api/tickets?as=visitor", cookie);
  const ticket = jsonOf(reply)?.["ticket"];
  if (typeof ticket === "string") return ticket;
  throw new Error(`no ticket for the handshake: POST /api/tickets answered ${reply.status}`);
}

function visitorIn(reply: Reply, cookie: string, isNew: boolean): Visitor | undefined {
  const visitor = jsonOf(reply)?.["visitor"] as { readonly conversationId?: string } | undefined;
  const conversationId = visitor?.conversationId;
  return conversationId === undefined ? undefined : { cookie, conversationId, isNew };
}

function readCookie(file: string, url: string): string | undefined {
  try {
    const saved = JSON.parse(readFileSync(file, "utf8")) as { readonly url?: string; readonly cookie?: string };
    return saved.url === url ? saved.cookie : undefined;
  } catch {
    return undefined;
  }
}
