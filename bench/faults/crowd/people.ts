import { randomUUID } from "node:crypto";
import { type PrincipalView, type VisitorAnswer } from "../../../app/protocol";
import { type Twin } from "../../../tools/twin/twin";
import { databaseOf } from "../../topology";
import { hash } from "../app-packages";
import { cookiesOf, Doorway } from "./site";

/** Somebody who has come in by the site's own door. */
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
/** Machines at which customers begin, apart from those of everybody else. */
const GUESTS_FROM = 280;
const GUESTS_OF_ADDRESS = 20;
/** Of every conversation. */
const AGENTS_OF_ONE = 2;

/** Customers begin and agents sign in, through the balancer; each conversation has its customer and two agents. */
export async function gather(twin: Twin, counts: { visitors: number; agents: number }): Promise<People> {
  const door = new Doorway(twin.url, twin.url, 0);
  const visitors: Person[] = [];
  for (let index = 0; index < counts.visitors; index++) {
    visitors.push(await begin(doorOfGuest(twin, index), `Customer ${index}`));
  }
  const ids = Array.from({ length: counts.agents }, () => randomUUID());
  const conversations = visitors.flatMap(({ conversationIds }) => conversationIds);
  const membersOf = (conversation: number): string[] =>
    Array.from({ length: Math.min(AGENTS_OF_ONE, ids.length) }, (_, n) => ids[(conversation + n) % ids.length]!);
  await employ(twin, ids);
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
    agents.push({ principal, cookie: await signIn(door, emailOf(index)), conversationIds });
  }
  door.close();
  return { visitors, agents };
}

/** As many begin at one address as the app lets in. */
function doorOfGuest(twin: Twin, index: number): Doorway {
  return new Doorway(twin.url, twin.url, GUESTS_FROM + Math.floor(index / GUESTS_OF_ADDRESS));
}

/** A customer of their own, with a conversation. */
export async function begin(door: Doorway, name: string): Promise<Person> {
  const reply = await door.post<VisitorAnswer>("/api/visitors", "", { name });
  if (reply.json?.ok !== true) throw new Error(`no visitor: ${reply.status} ${reply.text}`);
  const { visitor } = reply.json;
  return { principal: visitor, cookie: cookiesOf(reply), conversationIds: [visitor.conversationId ?? ""] };
}

async function employ(twin: Twin, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  const passwordHash = await hash(PASSWORD);
  const rows = ids.map((id, index) => `('${id}', '${emailOf(index)}', 'Agent ${index}', 'agent', '${passwordHash}')`);
  const columns = "(id, email, name, role, password_hash)";
  await twin.database.sql(`insert into app_user ${columns} values ${rows.join()}`, databaseOf(twin));
}

/** The form of the sign-in page, by its own steps. */
async function signIn(door: Doorway, email: string): Promise<string> {
  const csrf = await door.ask("GET", "/api/auth/csrf");
  const { csrfToken } = JSON.parse(csrf.text) as { csrfToken: string };
  const body = new URLSearchParams({ email, password: PASSWORD, csrfToken, callbackUrl: door.origin, json: "true" });
  const reply = await door.ask("POST", "/api/auth/callback/credentials", {
    headers: { "content-type": "application/x-www-form-urlencoded", cookie: cookiesOf(csrf) },
    body: body.toString(),
  });
  const cookie = cookiesOf(reply);
  if (!cookie.includes("session-token")) throw new Error(`no session for ${email}: ${reply.status} ${reply.text}`);
  return cookie;
}

function emailOf(index: number): string {
  return `agent-${index}@example.com`;
}
