import { decode, encode, type JWT } from "next-auth/jwt";
import { type AuthBackend, provideAuthBackend } from "../../server/pages/auth-backend";
import { type SignInResult } from "../../server/domain/sign-in";
import { CLIENT_ADDRESS_HEADER } from "../../server/pages/client-address";
import { authOptions } from "../../src/auth";

const SECRET = "s".repeat(48);
const HOURS = 3600;
const DAYS = 24 * HOURS;
const ACCOUNT = { userId: "u1", name: "Aki", email: "aki@example.com", role: "agent" } as const;

let asked: unknown[][];
let signIn: SignInResult;
let live: () => Promise<boolean>;
let ended: string[];
let agent: AuthBackend["agentOf"];

beforeEach(() => {
  process.env["NEXTAUTH_SECRET"] = SECRET;
  asked = [];
  ended = [];
  signIn = { kind: "account", account: ACCOUNT };
  live = () => Promise.resolve(true);
  const bridge: AuthBackend = {
    authorize: (...given) => {
      asked.push(given);
      return Promise.resolve(signIn);
    },
    accountOfOidc: () => Promise.resolve(undefined),
    isActive: () => live(),
    endSession: (sessionId) => Promise.resolve(void ended.push(sessionId)),
    agentOf: (session) => agent(session),
    log: () => undefined,
  };
  provideAuthBackend(bridge);
});

afterEach(() => jest.useRealTimers());

function now(): number {
  return Math.floor(Date.now() / 1000);
}

/** Calls the credentials provider as next-auth does. */
function authorize(headers: Record<string, string> = {}): unknown {
  const [provider] = authOptions().providers as unknown as [
    { options: { authorize: (...args: unknown[]) => unknown } },
  ];
  return provider.options.authorize({ email: "aki@example.com", password: "pw" }, { headers });
}

function jwt(parameters: object): Promise<JWT> {
  return authOptions().callbacks!.jwt!(parameters as never) as Promise<JWT>;
}

function begin(): Promise<JWT> {
  return jwt({ token: {}, user: { id: "u1", name: "Aki", role: "agent" }, trigger: "signIn" });
}

/** The cookie as next-auth would write it now, read again. */
async function cookieOf(token: JWT): Promise<JWT | null> {
  const { maxAge } = authOptions().session!;
  const written = await authOptions().jwt!.encode!({ token, secret: SECRET, maxAge: maxAge! });
  return decode({ token: written, secret: SECRET });
}

describe("signing in with a password", () => {
  it("asks the server, with the client address that the server determined", async () => {
    const headers = { [CLIENT_ADDRESS_HEADER]: "203.0.113.7", "x-forwarded-for": "198.51.100.1" };
    expect(await authorize(headers)).toEqual({ id: "u1", name: "Aki", email: "aki@example.com", role: "agent" });
    expect(asked).toEqual([["aki@example.com", "pw", "203.0.113.7"]]);
  });

  it("reveals nothing but the failure when it is wrong", async () => {
    signIn = { kind: "wrong" };
    expect(await authorize()).toBeNull();
  });

  it.each(["limited", "unavailable"] as const)("reports %s by its name", async (kind) => {
    signIn = kind === "limited" ? { kind, retryAfterMs: 1000 } : { kind };
    await expect(authorize()).rejects.toThrow(new Error(kind));
  });
});

describe("the session's cookie", () => {
  it("names the person and the session, and expires after twelve hours", async () => {
    const cookie = await cookieOf(await begin());
    expect(cookie).toMatchObject({ sub: "u1", name: "Aki", role: "agent" });
    expect(cookie?.sid).toMatch(/^[0-9a-f-]{36}$/);
    expect(Math.abs((cookie?.exp as number) - now() - 12 * HOURS)).toBeLessThanOrEqual(2);
    expect((await begin()).sid).not.toBe(cookie?.sid);
  });

  it("is accepted from tasks with the other value while the secret is rotated, and written with the first value", async () => {
    const NEW = "n".repeat(48);
    const cookie = await encode({ token: await begin(), secret: SECRET });
    process.env["NEXTAUTH_SECRET"] = `${NEW},${SECRET}`;
    const { secret, jwt: codec } = authOptions();
    expect(secret).toBe(NEW);
    expect(await codec!.decode!({ token: cookie, secret: NEW })).toMatchObject({ sub: "u1" });
    expect(
      await decode({ token: await codec!.encode!({ token: await begin(), secret: NEW }), secret: NEW }),
    ).toMatchObject({ sub: "u1" });
    process.env["NEXTAUTH_SECRET"] = NEW;
    await expect(authOptions().jwt!.decode!({ token: cookie, secret: NEW })).rejects.toThrow();
  });

  it("is not extended when it is read and written again", async () => {
    const first = await begin();
    jest.useFakeTimers({
      now: Date.now() + 5 * HOURS * 1000,
      doNotFake: ["nextTick", "queueMicrotask", "setImmediate"],
    });
    const cookie = await cookieOf(await jwt({ token: first }));
    expect(Math.abs((cookie?.exp as number) - now() - 7 * HOURS)).toBeLessThanOrEqual(2);
  });

  it("is extended on request, but never beyond seven days from its start", async () => {
    const first = await begin();
    const begun = now();
    for (const [afterSec, leftSec] of [
      [5 * HOURS, 12 * HOURS],
      [7 * DAYS - HOURS, HOURS],
    ] as const) {
      jest.useFakeTimers({ now: (begun + afterSec) * 1000, doNotFake: ["nextTick", "queueMicrotask", "setImmediate"] });
      const { endsAt } = await jwt({ token: first, trigger: "update" });
      expect(Math.abs(endsAt! - now() - leftSec)).toBeLessThanOrEqual(2);
    }
  });

  it("is not extended when the session has ended, and is kept when that cannot be determined", async () => {
    const first = await begin();
    live = () => Promise.resolve(false);
    expect(await jwt({ token: first, trigger: "update" })).toEqual(first);
    live = () => Promise.reject(new Error("database is away"));
    expect(await jwt({ token: first, trigger: "update" })).toEqual(first);
  });

  describe("on a page", () => {
    const shown = async (token: JWT): Promise<unknown> =>
      authOptions().callbacks!.session!({ session: { expires: "later" }, token } as never);

    it("shows the name and role of today", async () => {
      agent = () => Promise.resolve({ userId: "u1", name: "Aki the Second", role: "admin" });
      const user = { id: "u1", name: "Aki the Second", role: "admin" };
      expect(await shown(await begin())).toEqual({ expires: "later", user });
    });

    it("is no session when it has ended, whatever the cookie says", async () => {
      agent = () => Promise.resolve(undefined);
      expect(await shown(await begin())).toEqual({});
    });

    it("shows no name while the database cannot tell", async () => {
      agent = () => Promise.reject(new Error("database is away"));
      expect(await shown(await begin())).toEqual({ expires: "later", user: { id: "u1", name: "", role: "agent" } });
    });
  });

  it("ends on the server at sign-out", async () => {
    const token = await begin();
    await authOptions().events!.signOut!({ token } as never);
    expect(ended).toEqual([token.sid]);
    // A cookie that cannot be read has no session to end.
    await authOptions().events!.signOut!({ token: null } as never);
    expect(ended).toHaveLength(1);
  });

  it("cannot be read with another secret", async () => {
    const written = await encode({ token: await begin(), secret: SECRET });
    await expect(decode({ token: written, secret: "other".repeat(10) })).rejects.toThrow();
  });
});
