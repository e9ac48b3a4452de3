import { acceptInvitation } from "../../server/domain/accept-invitation";
import { endSession } from "../../server/domain/end-session";
import { findEndedSessions } from "../../server/domain/find-ended-sessions";
import { inviteAgent } from "../../server/domain/invite-agent";
import { issueTicket } from "../../server/domain/issue-ticket";
import { DatabaseUnavailable, Overloaded } from "../../server/domain/ports/errors";
import { isExpired } from "../../server/domain/principal";
import { refreshSession } from "../../server/domain/refresh-session";
import { setUserDisabled } from "../../server/domain/set-user-disabled";
import { signIn } from "../../server/domain/sign-in";
import { startVisit } from "../../server/domain/start-visit";
import { MemoryAccounts } from "../helpers/memory-accounts";
import { MemoryConversations } from "../helpers/memory-conversations";
import { MemoryIdentity } from "../helpers/memory-identity";
import { agent } from "../helpers/principals";
import { RecordingNotifier } from "../helpers/recording-notifier";

const PASSWORD = "correct horse battery";
const hanako = { userId: "hanako", name: "Hanako", email: "hanako@example.com", role: "agent" } as const;
const admin = agent({ role: "admin" });

let accounts: MemoryAccounts;
let notifier: RecordingNotifier;
let identity: MemoryIdentity;

beforeEach(() => {
  accounts = new MemoryAccounts(PASSWORD);
  accounts.add(hanako);
  notifier = new RecordingNotifier();
  identity = new MemoryIdentity();
});

describe("signIn", () => {
  const allowing = { consume: () => Promise.resolve({ allowed: true as const }) };
  const refusing = (retryAfterMs: number) => ({
    consume: () => Promise.resolve({ allowed: false as const, retryAfterMs }),
  });
  const limiters = { accountAtAddress: allowing, address: allowing, account: allowing };
  const credentials = { email: " Hanako@Example.com ", password: PASSWORD, clientAddress: "192.0.2.1" };

  it("finds the account, whatever the case of its address", async () => {
    expect(await signIn({ accounts, limiters }, credentials)).toMatchObject({ kind: "account", account: hanako });
  });

  it("does not tell a wrong password from an unknown address", async () => {
    const wrong = await signIn({ accounts, limiters }, { ...credentials, password: "wrong" });
    expect(wrong).toEqual({ kind: "wrong" });
    expect(await signIn({ accounts, limiters }, { ...credentials, email: "x@example.com" })).toEqual(wrong);
  });

  it("checks no password beyond a limit, and returns the longest wait", async () => {
    const limited = { ...limiters, address: refusing(500), accountAtAddress: refusing(2000) };
    expect(await signIn({ accounts, limiters: limited }, credentials)).toEqual({ kind: "limited", retryAfterMs: 2000 });
    const locked = { ...limiters, account: refusing(300) };
    expect(await signIn({ accounts, limiters: locked }, credentials)).toEqual({ kind: "limited", retryAfterMs: 300 });
    expect(accounts.tried).toEqual([]);
  });

  it.each(["address", "accountAtAddress"] as const)(
    "does not count an attempt for the account that the limit of %s has refused",
    async (limit) => {
      const account = { consume: jest.fn(allowing.consume) };
      await signIn({ accounts, limiters: { ...limiters, account, [limit]: refusing(500) } }, credentials);
      expect(account.consume).not.toHaveBeenCalled();
      await signIn({ accounts, limiters: { ...limiters, account } }, credentials);
      expect(account.consume).toHaveBeenCalledTimes(1);
    },
  );

  it("lets the owner in at an address of an earlier sign-in while the account is locked", async () => {
    const known = new Set<string>();
    const knownAddresses = {
      has: (...key: string[]) => Promise.resolve(known.has(key.join())),
      remember: (...key: string[]) => Promise.resolve(void known.add(key.join())),
    };
    const locked = { accounts, knownAddresses, limiters: { ...limiters, account: refusing(300) } };
    expect(await signIn(locked, credentials)).toMatchObject({ kind: "limited" });
    await signIn({ accounts, knownAddresses, limiters }, { ...credentials, password: "wrong" });
    expect(await signIn(locked, credentials)).toMatchObject({ kind: "limited" });
    await signIn({ accounts, knownAddresses, limiters }, credentials);
    expect(await signIn(locked, credentials)).toMatchObject({ kind: "account" });
    expect(await signIn(locked, { ...credentials, password: "wrong" })).toEqual({ kind: "wrong" });
    expect(await signIn(locked, { ...credentials, clientAddress: "192.0.2.2" })).toMatchObject({ kind: "limited" });
  });

  it("reads no more than 300 characters", async () => {
    await signIn({ accounts, limiters }, { ...credentials, email: "e".repeat(999), password: "p".repeat(999) });
    expect(accounts.tried).toEqual([{ email: "e".repeat(300), password: "p".repeat(300) }]);
  });

  it.each([new Overloaded("busy"), new DatabaseUnavailable("down")])("is unavailable after %s", async (error) => {
    accounts.error = error;
    expect(await signIn({ accounts, limiters }, credentials)).toEqual({ kind: "unavailable" });
  });

  it("passes on any other error", async () => {
    accounts.error = new Error("a bug");
    await expect(signIn({ accounts, limiters }, credentials)).rejects.toThrow("a bug");
  });
});

describe("setUserDisabled", () => {
  it("ends the user's sessions when it disables, and only then", async () => {
    const conversations = new MemoryConversations("c");
    const change = (disabled: boolean) =>
      setUserDisabled({ accounts, conversations, notifier }, admin, { userId: hanako.userId, disabled });
    expect(await change(true)).toMatchObject({ kind: "changed", user: { disabledAt: expect.any(Date) as Date } });
    expect(notifier.take()).toEqual(["end user hanako"]);
    expect(await change(false)).toMatchObject({ kind: "changed", user: { disabledAt: null } });
    expect(notifier.take()).toEqual([]);
  });

  describe("with a conversation", () => {
    let conversations: MemoryConversations;
    beforeEach(async () => {
      conversations = new MemoryConversations("c");
      await conversations.take(agent({ userId: hanako.userId }), "c");
    });
    const disable = (successorId?: string) =>
      setUserDisabled({ accounts, conversations, notifier }, admin, {
        userId: hanako.userId,
        disabled: true,
        successorId,
      });

    it("returns it to the queue and tells everybody, after the sessions have ended", async () => {
      expect(await disable()).toMatchObject({ kind: "changed" });
      expect(conversations.isTaken).toBe(false);
      expect(notifier.take()).toEqual(["end user hanako", "inbox all c"]);
    });

    it("passes it on to a colleague who can sign in, and does nothing for any other", async () => {
      conversations.colleagues = ["taro", hanako.userId];
      for (const successorId of ["nobody", hanako.userId]) {
        expect(await disable(successorId)).toEqual({ kind: "no-successor" });
      }
      expect(accounts.users.get(hanako.userId)?.disabledAt).toBeNull();
      expect(notifier.take()).toEqual([]);
      expect(await disable("taro")).toMatchObject({ kind: "changed" });
      expect(conversations.members).toEqual(["taro"]);
    });

    it("does the rest when it is repeated after a failure in between", async () => {
      const release = jest.spyOn(conversations, "releaseAll").mockRejectedValueOnce(new DatabaseUnavailable("down"));
      await expect(disable()).rejects.toThrow("down");
      expect(await disable()).toMatchObject({ kind: "changed" });
      expect(release).toHaveBeenCalledTimes(2);
      expect(conversations.isTaken).toBe(false);
      expect(await disable()).toMatchObject({ kind: "changed" });
    });
  });

  it("refuses the admin's own account and unknown users", async () => {
    const conversations = new MemoryConversations("c");
    const disable = (userId: string) =>
      setUserDisabled({ accounts, conversations, notifier }, admin, { userId, disabled: true });
    expect(await disable(admin.userId)).toEqual({ kind: "own-account" });
    expect(await disable("nobody")).toEqual({ kind: "not-found" });
    expect(notifier.calls).toEqual([]);
  });
});

test("invites an address without an account, and accepts the invitation's token", async () => {
  const invitation = await inviteAgent({ accounts }, admin, { email: "taro@example.com", role: "agent" });
  expect(
    await acceptInvitation({ accounts }, { token: invitation?.token ?? "", name: "Taro", password: PASSWORD }),
  ).toBe("taro@example.com");
  expect(await inviteAgent({ accounts }, admin, { email: hanako.email, role: "agent" })).toBeUndefined();
  expect(await acceptInvitation({ accounts }, { token: "forged", name: "Taro", password: PASSWORD })).toBeUndefined();
});

test("puts a new customer's conversation into every agent's queue", async () => {
  const principal = { ...agent(), kind: "visitor" as const, conversationId: "c" };
  const visitors = { create: (name: string) => Promise.resolve({ principal: { ...principal, name }, token: "t" }) };
  expect(await startVisit({ visitors, notifier }, "Yamada")).toMatchObject({
    token: "t",
    principal: { name: "Yamada" },
  });
  expect(notifier.calls).toEqual(["inbox all c"]);
});

test("revokes a session before its sockets are closed", async () => {
  const revoke = jest.fn(() => {
    expect(notifier.calls).toEqual([]);
    return Promise.resolve();
  });
  const sessions = { revoke, isActive: () => Promise.resolve(true), find: () => Promise.resolve(undefined) };
  await endSession({ sessions, notifier }, "s");
  expect(revoke).toHaveBeenCalledWith("s");
  expect(notifier.calls).toEqual(["end session s"]);
});

describe("sessions", () => {
  it("get tickets that say when the session ends", () => {
    const principal = agent({ expiresAt: 4_102_444_800 });
    const { ticket, sessionExpiresAt } = issueTicket({ identity }, principal);
    expect(identity.verifyTicket(ticket)).toEqual(principal);
    expect(sessionExpiresAt).toBe("2100-01-01T00:00:00.000Z");
  });

  it("are refreshed by a ticket of the same session only", () => {
    const current = agent();
    const refresh = (principal: typeof current) =>
      refreshSession({ identity }, current, identity.issueTicket(principal));
    const longer = { ...current, expiresAt: current.expiresAt + 60 };
    expect(refresh(longer)).toEqual(longer);
    expect(refresh({ ...current, sessionId: "another" })).toBeUndefined();
    expect(refresh(agent({ sessionId: current.sessionId }))).toBeUndefined();
    expect(refreshSession({ identity }, current, "forged")).toBeUndefined();
  });

  it("are asked about once, however many connections they have", async () => {
    const [active, disabled, signedOut] = [agent(), agent(), agent()];
    identity.disabled.add(disabled.userId);
    identity.signedOut.add(signedOut.sessionId);
    const asked = jest.spyOn(identity, "ended");
    const ended = await findEndedSessions({ identity }, [active, active, disabled, signedOut, signedOut]);
    expect([...ended]).toEqual([
      [disabled.sessionId, "disabled"],
      [signedOut.sessionId, "signed-out"],
    ]);
    expect(asked).toHaveBeenCalledWith([active, disabled, signedOut]);
  });

  it("expire at their second", () => {
    const principal = agent({ expiresAt: 100 });
    expect(isExpired(principal, () => 99_999)).toBe(false);
    expect(isExpired(principal, () => 100_000)).toBe(true);
  });
});
