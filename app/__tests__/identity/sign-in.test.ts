import { openEmbeddedDatabase } from "../helpers/embedded-database";
import { RecordingNotifier, SECRETS, ORIGIN } from "../helpers/api";
import { type EmbeddedDatabase } from "../../server/data/embedded-database";
import { DEMO_ACCOUNTS, seedDemo } from "../../server/demo";
import { createAuthBackend, SIGN_IN_LIMITS, SignIn, type SignInLimiters } from "../../server/identity";
import { taskLimiter } from "../../server/limits/limiter";
import { type Services, servicesOn } from "../../server/open-services";
import { type AuthBackend } from "../../server/pages/auth-backend";

const PASSWORD = "correct horse battery";

let database: EmbeddedDatabase;
let services: Services;
let notifier: RecordingNotifier;
let bridge: AuthBackend;

const limiters = (): SignInLimiters => ({
  accountAtAddress: taskLimiter(SIGN_IN_LIMITS.accountAtAddress),
  address: taskLimiter(SIGN_IN_LIMITS.address),
  account: taskLimiter(SIGN_IN_LIMITS.account),
});

beforeAll(async () => {
  database = await openEmbeddedDatabase();
  services = servicesOn(database, { secrets: SECRETS, publicOrigin: ORIGIN });
  await seedDemo(services, PASSWORD);
});

afterAll(() => database.close());

beforeEach(() => {
  notifier = new RecordingNotifier();
  bridge = createAuthBackend({ ...services, signIn: new SignIn(services.accounts, limiters()), notifier });
});

test("a demo account signs in, whatever the case of its address", async () => {
  const account = {
    userId: expect.any(String) as string,
    name: "花子 Hanako",
    email: "hanako@example.com",
    role: "agent",
  };
  expect(await bridge.authorize(" Hanako@Example.com ", PASSWORD, "192.0.2.1")).toEqual({ kind: "account", account });
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
])("%s is wrong, and which half is not told", async (_, email, password) => {
  expect(await bridge.authorize(email, password, "192.0.2.1")).toEqual({ kind: "wrong" });
});

test("an account without a password, and one that is disabled, cannot sign in by one", async () => {
  await database.query(
    { name: "oidc", text: "insert into app_user (email, name, role) values ('oidc@example.com', 'x', 'agent')" },
    [],
  );
  expect(await bridge.authorize("oidc@example.com", "nobody's password", "192.0.2.1")).toEqual({ kind: "wrong" });
  const taro = (await services.accounts.list()).find(({ email }) => email === "taro@example.com");
  await services.accounts.setDisabled(taro?.userId ?? "", true);
  expect(await bridge.authorize("taro@example.com", PASSWORD, "192.0.2.1")).toEqual({ kind: "wrong" });
});

test("an unknown account costs as much work as a known one", async () => {
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
  // Without the decoy an unknown account is answered some fifty times faster.
  expect(median(unknown) / median(known)).toBeGreaterThan(0.5);
  expect(median(unknown) / median(known)).toBeLessThan(2);
});

test("guessing is slowed down by account and address, and nobody else with it", async () => {
  const { points } = SIGN_IN_LIMITS.accountAtAddress;
  for (let guess = 0; guess < points; guess += 1) {
    expect((await bridge.authorize("hanako@example.com", `guess number ${guess}`, "192.0.2.1")).kind).toBe("wrong");
  }
  const limited = await bridge.authorize("HANAKO@example.com", PASSWORD, "192.0.2.1");
  expect(limited).toEqual({ kind: "limited", retryAfterMs: expect.any(Number) as number });
  expect((await bridge.authorize("hanako@example.com", PASSWORD, "192.0.2.2")).kind).toBe("account");
  expect((await bridge.authorize("admin@example.com", PASSWORD, "192.0.2.1")).kind).toBe("account");
});

test("guessing many accounts from one address is slowed down as well", async () => {
  const refuse = { consume: () => Promise.resolve({ allowed: false as const, retryAfterMs: 500 }) };
  for (const which of ["address", "account"] as const) {
    const signIn = new SignIn(services.accounts, { ...limiters(), [which]: refuse });
    expect(await signIn.attempt("hanako@example.com", PASSWORD, "192.0.2.1")).toEqual({
      kind: "limited",
      retryAfterMs: 500,
    });
  }
});

test("ending a session tells the sockets, and it is not live any more", async () => {
  const [user] = await services.accounts.list();
  expect(await bridge.isLive("a session", user?.userId ?? "")).toBe(true);
  expect(await bridge.isLive("a session", "nobody")).toBe(false);
  await bridge.endSession("a session");
  await bridge.endSession("a session");
  expect(await bridge.isLive("a session", user?.userId ?? "")).toBe(false);
  expect(notifier.take()).toEqual(["end session a session", "end session a session"]);
});

describe("the identity provider", () => {
  const profile = { subject: "1", email: "Invited@example.com", emailVerified: true, name: "招待 さん" };
  const invite = async (email: string) => {
    const inviter = (await services.accounts.list()).find(({ role }) => role === "admin");
    const admin = { kind: "agent", role: "admin", name: "", sessionId: "", expiresAt: 0 } as const;
    await services.accounts.invite({ ...admin, userId: inviter?.userId ?? "" }, { email, role: "agent" });
  };

  test("makes an account for who is invited, once, and finds it again", async () => {
    expect(await bridge.accountOfOidc(profile)).toBeUndefined();
    await invite("invited@example.com");
    expect(await bridge.accountOfOidc({ ...profile, emailVerified: false })).toBeUndefined();
    const account = await bridge.accountOfOidc(profile);
    expect(account).toMatchObject({ email: "invited@example.com", name: "招待 さん", role: "agent" });
    expect(await bridge.accountOfOidc(profile)).toEqual(account);
    await services.accounts.setDisabled(account?.userId ?? "", true);
    expect(await bridge.accountOfOidc(profile)).toBeUndefined();
  });

  test.each(["", "\u0000\r\n", "\uD800", "x".repeat(1000)])(
    "a name of %j becomes one that can be shown",
    async (name) => {
      const email = `${encodeURIComponent(name.length)}${name.charCodeAt(0) || 0}@example.com`;
      await invite(email);
      const account = await bridge.accountOfOidc({ ...profile, email, name });
      expect(account?.name).toMatch(/^[^\p{Cc}]{1,100}$/u);
    },
  );
});
