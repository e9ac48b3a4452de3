import { openEmbeddedDatabase } from "../helpers/embedded-database";
import { ORIGIN, SECRETS } from "../helpers/api";
import { RecordingNotifier } from "../helpers/recording-notifier";
import { type EmbeddedDatabase } from "../../server/data/embedded-database";
import { DEMO_ACCOUNTS, seedDemo } from "../../server/demo";
import { SIGN_IN_LIMITS, signIn, type SignInLimiters } from "../../server/domain/sign-in";
import { taskLimiter } from "../../server/limits/limiter";
import { type Services, createServices } from "../../server/composition";
import { type AuthBackend } from "../../server/pages/auth-backend";
import { createLog } from "../../server/operations/log";
import { createAuthBackend } from "../../server/pages/create-auth-backend";

const log = createLog({ level: "silent", service: "test" });
const PASSWORD = "correct horse battery";

let database: EmbeddedDatabase;
let services: Services;
let notifier: RecordingNotifier;
let backend: AuthBackend;

const limiters = (): SignInLimiters => ({
  accountAtAddress: taskLimiter(SIGN_IN_LIMITS.accountAtAddress),
  address: taskLimiter(SIGN_IN_LIMITS.address),
  account: taskLimiter(SIGN_IN_LIMITS.account),
});

beforeAll(async () => {
  database = await openEmbeddedDatabase();
  services = createServices(database, { secrets: SECRETS, publicOrigin: ORIGIN });
  await seedDemo(services, PASSWORD);
});

afterAll(() => database.close());

beforeEach(() => {
  notifier = new RecordingNotifier();
  backend = createAuthBackend({ ...services, limiters: limiters(), notifier, log });
});

test("a demo account signs in, whatever the case of its address", async () => {
  const account = {
    userId: expect.any(String) as string,
    name: "花子 Hanako",
    email: "hanako@example.com",
    role: "agent",
  };
  expect(await backend.authorize(" Hanako@Example.com ", PASSWORD, "192.0.2.1")).toEqual({ kind: "account", account });
});

test("seeding again keeps the accounts and adds no second customer", async () => {
  await seedDemo(services, PASSWORD);
  expect(await services.accounts.list()).toHaveLength(DEMO_ACCOUNTS.length);
  const [{ n } = { n: 0 }] = await database.query<{ n: number }>(
    { name: "n", text: "select count(*) as n from message" },
    [],
  );
  expect(n).toBe(1);
});

test.each([
  ["a wrong password", "hanako@example.com", "wrong horse battery"],
  ["an unknown address", "nobody@example.com", PASSWORD],
  ["no address", "", ""],
  ["SQL", "' or 1=1 --", PASSWORD],
  ["NUL", "hanako@example.com\0", PASSWORD],
  ["half a character", "hanako\uD800@example.com", PASSWORD],
  ["a megabyte", "x".repeat(1_000_000), "x".repeat(1_000_000)],
])("%s is refused without saying which half is wrong", async (_, email, password) => {
  expect(await backend.authorize(email, password, "192.0.2.1")).toEqual({ kind: "wrong" });
});

test("neither an account without a password nor a disabled one can sign in with one", async () => {
  await database.query(
    { name: "oidc", text: "insert into app_user (email, name, role) values ('oidc@example.com', 'x', 'agent')" },
    [],
  );
  expect(await backend.authorize("oidc@example.com", "nobody's password", "192.0.2.1")).toEqual({ kind: "wrong" });
  const taro = (await services.accounts.list()).find(({ email }) => email === "taro@example.com");
  await services.accounts.setDisabled(taro?.userId ?? "", true);
  expect(await backend.authorize("taro@example.com", PASSWORD, "192.0.2.1")).toEqual({ kind: "wrong" });
});

test("an unknown account takes as long as a known one", async () => {
  const time = async (email: string) => {
    const start = process.hrtime.bigint();
    await services.accounts.byPassword(email, "wrong horse battery");
    return Number(process.hrtime.bigint() - start);
  };
  await time("hanako@example.com");
  const [known, unknown]: [number[], number[]] = [[], []];
  for (let round = 0; round < 9; round += 1) {
    known.push(await time("hanako@example.com"));
    unknown.push(await time("nobody@example.com"));
  }
  const median = (times: number[]) => times.sort((a, b) => a - b)[4] ?? 0;
  // Without the decoy, an unknown account is answered about fifty times faster.
  expect(median(unknown) / median(known)).toBeGreaterThan(0.5);
  expect(median(unknown) / median(known)).toBeLessThan(2);
});

test("guessing is limited per account and address, without affecting others", async () => {
  const { points } = SIGN_IN_LIMITS.accountAtAddress;
  for (let guess = 0; guess < points; guess += 1) {
    expect((await backend.authorize("hanako@example.com", `guess number ${guess}`, "192.0.2.1")).kind).toBe("wrong");
  }
  const limited = await backend.authorize("HANAKO@example.com", PASSWORD, "192.0.2.1");
  expect(limited).toEqual({ kind: "limited", retryAfterMs: expect.any(Number) as number });
  expect((await backend.authorize("hanako@example.com", PASSWORD, "192.0.2.2")).kind).toBe("account");
  expect((await backend.authorize("admin@example.com", PASSWORD, "192.0.2.1")).kind).toBe("account");
});

test("one address cannot lock an account, however often it guesses", async () => {
  for (let guess = 0; guess < SIGN_IN_LIMITS.account.points + 50; guess += 1) {
    await backend.authorize("hanako@example.com", `guess number ${guess}`, "192.0.2.1");
  }
  expect((await backend.authorize("hanako@example.com", PASSWORD, "192.0.2.2")).kind).toBe("account");
});

test("many addresses can lock an account, except where its owner has signed in before", async () => {
  expect((await backend.authorize("hanako@example.com", PASSWORD, "192.0.2.7")).kind).toBe("account");
  const spent = { ...limiters(), account: taskLimiter({ ...SIGN_IN_LIMITS.account, points: 3 }) };
  const locked = createAuthBackend({ ...services, limiters: spent, notifier, log });
  for (let guess = 0; guess < 4; guess += 1)
    await locked.authorize("hanako@example.com", "wrong", `198.51.100.${guess}`);
  expect((await locked.authorize("hanako@example.com", PASSWORD, "192.0.2.8")).kind).toBe("limited");
  expect((await locked.authorize("hanako@example.com", PASSWORD, "192.0.2.7")).kind).toBe("account");
});

test("an address is forgotten 90 days after the last sign-in from it", async () => {
  const known = services.knownAddresses;
  await known.remember("hanako@example.com", "192.0.2.20");
  expect(await known.has("hanako@example.com", "192.0.2.20")).toBe(true);
  expect(await known.has("taro@example.com", "192.0.2.20")).toBe(false);
  await database.query({ name: "age", text: "update known_address set seen_at = now() - interval '91 days'" }, []);
  expect(await known.has("hanako@example.com", "192.0.2.20")).toBe(false);
  await known.remember("hanako@example.com", "192.0.2.21");
  const left = await database.query({ name: "left", text: "select hash from known_address" }, []);
  expect(left).toEqual([{ hash: expect.stringMatching(/^[0-9a-f]{64}$/) as string }]);
});

test("guessing many accounts from one address is limited as well", async () => {
  const refuse = { consume: () => Promise.resolve({ allowed: false as const, retryAfterMs: 500 }) };
  for (const which of ["address", "account"] as const) {
    const credentials = { email: "hanako@example.com", password: PASSWORD, clientAddress: "192.0.2.1" };
    const result = await signIn({ ...services, limiters: { ...limiters(), [which]: refuse } }, credentials);
    expect(result).toEqual({ kind: "limited", retryAfterMs: 500 });
  }
});

test("an ended session is not active any more, and its sockets are closed", async () => {
  const [user] = await services.accounts.list();
  expect(await backend.isActive("a session", user?.userId ?? "")).toBe(true);
  expect(await backend.isActive("a session", "nobody")).toBe(false);
  await backend.endSession("a session");
  await backend.endSession("a session");
  expect(await backend.isActive("a session", user?.userId ?? "")).toBe(false);
  expect(notifier.take()).toEqual(["end session a session", "end session a session"]);
});

describe("the identity provider", () => {
  const profile = { subject: "1", email: "Invited@example.com", emailVerified: true, name: "招待 さん" };
  const invite = async (email: string) => {
    const inviter = (await services.accounts.list()).find(({ role }) => role === "admin");
    const admin = { kind: "agent", role: "admin", name: "", sessionId: "", expiresAt: 0 } as const;
    await services.accounts.invite({ ...admin, userId: inviter?.userId ?? "" }, { email, role: "agent" });
  };

  test("creates an account for an invited address once, and finds it again", async () => {
    expect(await backend.accountOfOidc(profile)).toBeUndefined();
    await invite("invited@example.com");
    expect(await backend.accountOfOidc({ ...profile, emailVerified: false })).toBeUndefined();
    const account = await backend.accountOfOidc(profile);
    expect(account).toMatchObject({ email: "invited@example.com", name: "招待 さん", role: "agent" });
    expect(await backend.accountOfOidc(profile)).toEqual(account);
    await services.accounts.setDisabled(account?.userId ?? "", true);
    expect(await backend.accountOfOidc(profile)).toBeUndefined();
  });

  test.each(["", "\u0000\r\n", "\uD800", "x".repeat(1000)])(
    "a name of %j becomes one that can be shown",
    async (name) => {
      const email = `${encodeURIComponent(name.length)}${name.charCodeAt(0) || 0}@example.com`;
      await invite(email);
      const account = await backend.accountOfOidc({ ...profile, email, name });
      expect(account?.name).toMatch(/^[^\p{Cc}]{1,100}$/u);
    },
  );
});
