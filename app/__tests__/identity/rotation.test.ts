import { encode } from "next-auth/jwt";
import { type SecretVariable } from "../../contract";
import { createServices, type Services } from "../../server/composition";
import { type EmbeddedDatabase } from "../../server/data/embedded-database";
import { type AgentPrincipal } from "../../server/domain/principal";
import { ORIGIN, SECRETS } from "../helpers/api";
import { openEmbeddedDatabase } from "../helpers/embedded-database";
import { makeAgent } from "../helpers/people";

const [OLD, NEW] = ["o".repeat(48), "n".repeat(48)];
const ROTATED: readonly SecretVariable[] = ["NEXTAUTH_SECRET", "SOCKET_TICKET_SECRET", "VISITOR_TOKEN_SECRET"];

let database: EmbeddedDatabase;
let agent: AgentPrincipal;

beforeAll(async () => {
  database = await openEmbeddedDatabase();
  agent = await makeAgent(database);
});
afterAll(() => database.close());

/** A task whose secrets all have this value. */
function task(value: string): { readonly services: Services; readonly signs: string } {
  const rotated = Object.fromEntries(ROTATED.map((variable) => [variable, value]));
  const services = createServices(database, { secrets: { ...SECRETS, ...rotated }, publicOrigin: ORIGIN });
  return { services, signs: value.split(",")[0]! };
}

const [before, accepting, signing, after] = [OLD, `${OLD},${NEW}`, `${NEW},${OLD}`, NEW] as const;

/** Whether a task accepts what another has given out: a visitor's cookie, an agent's session, a socket ticket. */
async function accepts(to: string, from: string): Promise<readonly boolean[]> {
  const [taking, giving] = [task(to), task(from)];
  const { visitors, sessions, identity } = taking.services;
  const { token, principal } = await giving.services.visitors.create("Mio");
  const cookie = (name: string, value: string) => new Headers({ cookie: `${name}=${value}` });
  const session = await encode({ token: { sub: agent.userId, sid: agent.sessionId } as never, secret: giving.signs });
  const sessionCookie = `${ORIGIN.startsWith("https://") ? "__Secure-" : ""}next-auth.session-token`;
  return [
    (await visitors.visitorOf(cookie(visitors.cookie, token)))?.userId === principal.userId,
    (await sessions.agentOf(cookie(sessionCookie, session)))?.userId === agent.userId,
    identity.verifyTicket(giving.services.identity.issueTicket(agent))?.userId === agent.userId,
  ];
}

test.each([
  ["the first deployment", before, accepting],
  ["the second deployment", accepting, signing],
  ["the last deployment", signing, after],
])("during %s, new tasks accept what old ones have signed", async (_, old, next) => {
  if (next !== after) expect(await accepts(next, old)).toEqual([true, true, true]);
  expect(await accepts(old, next)).toEqual([true, true, true]);
});

test("the old value is accepted until the last deployment, and no longer", async () => {
  expect(await accepts(signing, before)).toEqual([true, true, true]);
  expect(await accepts(after, before)).toEqual([false, false, false]);
});
