import { createHmac, generateKeyPairSync } from "node:crypto";
import { createSigner } from "fast-jwt";
import { TICKET_LIFE_SEC } from "../../protocol";
import { Tickets } from "../../server/identity";
import { type AgentPrincipal, type Principal, type VisitorPrincipal } from "../../server/domain/principal";

const SECRET = "s".repeat(48);
const nowSec = () => Math.floor(Date.now() / 1000);
const agent: AgentPrincipal = {
  kind: "agent",
  userId: "0190b0d4-27a5-4d46-8a2e-0d0f3f4b5c6d",
  name: "花子",
  role: "admin",
  sessionId: "session",
  expiresAt: nowSec() + 3600,
};
const visitor: VisitorPrincipal = {
  kind: "visitor",
  userId: agent.userId,
  name: "客",
  conversationId: "1190b0d4-27a5-4d46-8a2e-0d0f3f4b5c6d",
  sessionId: "other",
  expiresAt: nowSec() + 3600,
};
const tickets = new Tickets(SECRET);

test.each<Principal>([agent, visitor])("a ticket contains the whole principal: $kind", (principal) => {
  expect(tickets.verify(tickets.issue(principal))).toEqual(principal);
});

test("a ticket is not valid for another secret", () => {
  expect(new Tickets("t".repeat(48)).verify(tickets.issue(agent))).toBeUndefined();
});

describe("while the secret is rotated", () => {
  const NEW = "n".repeat(48);
  const [before, accepting, signing, after] = [SECRET, `${SECRET},${NEW}`, `${NEW},${SECRET}`, NEW].map(
    (secret) => new Tickets(secret),
  ) as [Tickets, Tickets, Tickets, Tickets];

  test.each([
    ["the first deployment", before, accepting],
    ["the second deployment", accepting, signing],
  ])("tasks of %s accept each other's tickets", (_, old, next) => {
    expect(next.verify(old.issue(agent))).toEqual(agent);
    expect(old.verify(next.issue(agent))).toEqual(agent);
  });

  test("the first value signs, and the old one is no longer accepted afterwards", () => {
    expect(after.verify(signing.issue(agent))).toEqual(agent);
    expect(after.verify(accepting.issue(agent))).toBeUndefined();
  });
});

test("a ticket is valid for five minutes, plus the clock tolerance", () => {
  const issuedAt = (secondsAgo: number) => new Tickets(SECRET, () => Date.now() - secondsAgo * 1000).issue(agent);
  expect(tickets.verify(issuedAt(TICKET_LIFE_SEC + 2))).toEqual(agent);
  expect(tickets.verify(issuedAt(TICKET_LIFE_SEC + 8))).toBeUndefined();
});

test("a ticket expires with its session", () => {
  const ending = tickets.issue({ ...agent, expiresAt: nowSec() + 30 });
  expect(tickets.verify(ending)).toBeDefined();
  const later = new Tickets(SECRET, () => Date.now() + 31_000);
  expect(later.verify(ending)).toBeUndefined();
});

describe("forged tickets", () => {
  const claims = { kind: "agent", role: "admin", sub: agent.userId, name: "x", sid: "s", session_exp: nowSec() + 3600 };
  const time = { iat: nowSec(), exp: nowSec() + 60 };
  const registered = { iss: "messenger-crm", aud: "socket", ...time };
  const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const signed = (header: object, payload: object, key: string | Buffer = SECRET) => {
    const text = `${encode(header)}.${encode(payload)}`;
    return `${text}.${createHmac("sha256", key).update(text).digest("base64url")}`;
  };
  const HS256 = { alg: "HS256" };
  const good = { ...claims, ...registered };
  const rsa = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const privatePem = rsa.privateKey.export({ type: "pkcs8", format: "pem" }).toString();
  const publicPem = rsa.publicKey.export({ type: "spki", format: "pem" });

  test("a correctly signed ticket is valid, so that the forged ones fail for their own reason", () => {
    expect(tickets.verify(signed(HS256, good))).toBeDefined();
  });

  test.each<[string, () => string]>([
    ["nothing", () => ""],
    ["no token at all", () => "a.b.c"],
    ["an algorithm of none", () => `${encode({ alg: "none" })}.${encode(good)}.`],
    ["none with a signature", () => signed({ alg: "none" }, good)],
    ["another key", () => signed(HS256, good, "x".repeat(48))],
    ["HS512 by the right key", () => createSigner({ key: SECRET, algorithm: "HS512" })(good)],
    ["RS256 by a key of the attacker", () => createSigner({ key: privatePem, algorithm: "RS256" })(good)],
    ["HS256 by a public key", () => signed(HS256, good, Buffer.from(publicPem))],
    ["a kid that is a path", () => signed({ ...HS256, kid: "../../../dev/null" }, good, "")],
    ["a key of its own in the header", () => signed({ ...HS256, jwk: { kty: "oct", k: encode("x") } }, good, "x")],
    ["another audience", () => signed(HS256, { ...good, aud: "visitor" })],
    ["another issuer", () => signed(HS256, { ...good, iss: "elsewhere" })],
    ["no end", () => signed(HS256, { ...good, exp: undefined })],
    ["an end in the past", () => signed(HS256, { ...good, exp: nowSec() - 60 })],
    ["a beginning in the future", () => signed(HS256, { ...good, nbf: nowSec() + 60 })],
    ["an unknown critical extension", () => signed({ ...HS256, crit: ["x"], x: 1 }, good)],
    ["an ended session", () => signed(HS256, { ...good, session_exp: nowSec() - 1 })],
    ["a role that does not exist", () => signed(HS256, { ...good, role: "root" })],
    ["no subject", () => signed(HS256, { ...good, sub: undefined })],
    ["a customer without a conversation", () => signed(HS256, { ...good, kind: "visitor" })],
    ["a megabyte", () => signed(HS256, { ...good, padding: "x".repeat(1_000_000) })],
  ])("%s is refused without a word", (_, forge) => {
    expect(tickets.verify(forge())).toBeUndefined();
  });
});
