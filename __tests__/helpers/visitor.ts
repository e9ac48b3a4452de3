/** A customer of the running app. */
export interface Visitor {
  readonly conversationId: string;
  /** Credential for handshakes; valid for one minute, more than once. */
  readonly ticket: string;
}

/** Creates a customer through the REST API, like a browser. @throws Error when the app refuses */
export async function createVisitor(server: string, name: string, address = "192.0.2.1"): Promise<Visitor> {
  const headers = { "content-type": "application/json", origin: server, "x-forwarded-for": address };
  const made = await fetch(`${server}/api/visitors`, { method: "POST", headers, body: JSON.stringify({ name }) });
  if (!made.ok) throw new Error(`POST /api/visitors answered ${made.status}: ${await made.text()}`);
  const { visitor } = (await made.json()) as { visitor: { conversationId: string } };
  const cookie = made.headers
    .getSetCookie()
    .map((line) => line.split(";", 1)[0])
    .join("; ");
  return { conversationId: visitor.conversationId, ticket: await requestTicket(server, cookie, address) };
}

async function requestTicket(server: string, cookie: string, address: string): Promise<string> {
  const headers = { "content-type": "application/json", origin: server, "x-forwarded-for": address, cookie };
  const answer = await fetch(`${server}/api/tickets?as=visitor`, { method: "POST", headers, body: "{}" });
  if (!answer.ok) throw new Error(`POST /api/tickets answered ${answer.status}: ${await answer.text()}`);
  return ((await answer.json()) as { ticket: string }).ticket;
}
