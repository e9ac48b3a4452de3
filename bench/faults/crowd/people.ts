import { randomUUID } from "node:crypto";
import { type PrincipalView, type VisitorAnswer } from "../../../app/protocol";
import { type Twin } from "../../../tools/twin/twin";
import { databaseOf } from "../../shared/topology";
import { hash } from "../app-packages";
import { cookiesOf, HttpClient } from "./http-client";

/** A visitor or agent with a session, obtained through the site's own API. */
export interface Person {
  readonly principal: PrincipalView;
  readonly cookie: string;
  readonly conversationIds: readonly string[];
}

export interface People {
  readonly visitors: readonly Person[];
  readonly agents: readonly Person[];
}

const PASSWORD = "correct horse battery staple";
/** First client index used for registering visitors, apart from those of all others. */
const FIRST_REGISTRATION_INDEX = 280;
const VISITORS_PER_ADDRESS = 20;
const AGENTS_PER_CONVERSATION = 2;

/** Registers visitors and signs agents in, through the load balancer. Each conversation has its customer and two agents. */
export async function createPeople(twin: Twin, counts: { visitors: number; agents: number }): Promise<People> {
  const http = new HttpClient(twin.url, twin.url, 0);
  const visitors: Person[] = [];
  for (let index = 0; index < counts.visitors; index++) {
    visitors.push(await registerVisitor(httpClientForVisitor(twin, index), `Customer ${index}`));
  }
  const ids = Array.from({ length: counts.agents }, () => randomUUID());
  const conversations = visitors.flatMap(({ conversationIds }) => conversationIds);
  const membersOf = (conversation: number): string[] =>
    Array.from(
      { length: Math.min(AGENTS_PER_CONVERSATION, ids.length) },
      (_, n) => ids[(conversation + n) % ids.length]!,
    );
  await insertAgents(twin, ids);
  await twin.database.sql(
    conversations
      .flatMap((id, index) =>
        membersOf(index).map((user) => `insert into conversation_member values ('${id}', '${user}');`),
      )
      .concat("update conversation set taken_at = now();")
      .join("\n"),
    databaseOf(twin),
  );
  const agents: Person[] = [];
  for (const [index, id] of ids.entries()) {
    const conversationIds = conversations.filter((_, conversation) => membersOf(conversation).includes(id));
    const principal: PrincipalView = { kind: "agent", userId: id, name: `Agent ${index}`, role: "agent" };
    agents.push({ principal, cookie: await signIn(http, emailOf(id)), conversationIds });
  }
  http.close();
  return { visitors, agents };
}

/** Stays within the app's limit of new visitors per address. */
function httpClientForVisitor(twin: Twin, index: number): HttpClient {
  return new HttpClient(twin.url, twin.url, FIRST_REGISTRATION_INDEX + Math.floor(index / VISITORS_PER_ADDRESS));
}

/** Creates a visitor with a conversation. */
export async function registerVisitor(http: HttpClient, name: string): Promise<Person> {
  const reply = await http.post<VisitorAnswer>("/api/visitors", "", { name });
  if (reply.json?.ok !== true) throw new Error(`expected a new visitor, got ${reply.status} ${reply.text}`);
  const { visitor } = reply.json;
  return { principal: visitor, cookie: cookiesOf(reply), conversationIds: [visitor.conversationId ?? ""] };
}

/** Creates agents without conversations, and signs them in. */
export async function createAgents(
  twin: Twin,
  http: HttpClient,
  { count, role }: { readonly count: number; readonly role: "agent" | "admin" },
): Promise<Person[]> {
  const ids = Array.from({ length: count }, () => randomUUID());
  await insertAgents(twin, ids, role);
  const agents: Person[] = [];
  for (const id of ids) {
    const principal: PrincipalView = { kind: "agent", userId: id, name: `Agent ${id}`, role };
    agents.push({ principal, cookie: await signIn(http, emailOf(id)), conversationIds: [] });
  }
  return agents;
}

async function insertAgents(twin: Twin, ids: readonly string[], role = "agent"): Promise<void> {
  if (ids.length === 0) return;
  const passwordHash = await hash(PASSWORD);
  const rows = ids.map((id, index) => `('${id}', '${emailOf(id)}', 'Agent ${index}', '${role}', '${passwordHash}')`);
  const columns = "(id, email, name, role, password_hash)";
  await twin.database.sql(`insert into app_user ${columns} values ${rows.join()}`, databaseOf(twin));
}

/** Signs in with the same requests as the sign-in page. */
async function signIn(http: HttpClient, email: string): Promise<string> {
  const csrf = await http.send("GET", "/api/auth/csrf");
  const { csrfToken } = JSON.parse(csrf.text) as { csrfToken: string };
  const body = new URLSearchParams({ email, password: PASSWORD, csrfToken, callbackUrl: http.origin, json: "true" });
  const reply = await http.send("POST", "/api/auth/callback/credentials", {
    headers: { "content-type": "application/x-www-form-urlencoded", cookie: cookiesOf(csrf) },
    body: body.toString(),
  });
  const cookie = cookiesOf(reply);
  if (!cookie.includes("session-token"))
    throw new Error(`expected a session for ${email}, got ${reply.status} ${reply.text}`);
  return cookie;
}

/** Another one for each agent, also when people are created twice in one database. */
function emailOf(id: string): string {
  return `agent-${id}@example.com`;
}
