import {
  audit,
  type Claim,
  type Findings,
  isClean,
  type Screen,
  type StoredMessage,
} from "../../../bench/faults/audit/audit";

const CLEAN: Findings = {
  lost: [],
  unexpected: [],
  duplicated: [],
  disordered: [],
  missing: [],
  unacknowledged: [],
};

function claim(id: string, changes: Partial<Claim> = {}): Claim {
  return { id, conversationId: "c", writer: "ada", ackedMs: 1, abandoned: false, ...changes };
}

function stored(...ids: readonly string[]): StoredMessage[] {
  return ids.map((id, index) => ({ conversationId: "c", seq: index + 1, id }));
}

function screen(shown: readonly string[], pending: readonly string[] = []): Screen {
  return { reader: "ben", conversationId: "c", shown, pending };
}

it("finds nothing in a correct run", () => {
  const findings = audit([claim("a"), claim("b")], stored("a", "b"), [screen(["a", "b"])]);
  expect(findings).toEqual(CLEAN);
  expect(isClean(findings)).toBe(true);
});

it("audits each conversation separately", () => {
  const other = { conversationId: "d", seq: 1, id: "b" };
  const claims = [claim("a"), claim("b", { conversationId: "d" })];
  const screens = [screen(["a"]), { ...screen(["b"]), conversationId: "d" }];
  expect(audit(claims, [...stored("a"), other], screens)).toEqual(CLEAN);
});

const never: Partial<Claim> = { ackedMs: undefined };

it.each<[string, Parameters<typeof audit>, Partial<Findings>]>([
  ["a message that was acknowledged and is not stored", [[claim("a")], [], [screen([])]], { lost: ["a"] }],
  ["a stored message that was never written", [[], stored("a"), [screen(["a"])]], { unexpected: ["a"] }],
  ["a message that is stored twice", [[claim("a")], stored("a", "a"), [screen(["a"])]], { duplicated: ["a"] }],
  ["a message that is twice on a screen", [[claim("a")], stored("a"), [screen(["a", "a"])]], { duplicated: ["a"] }],
  [
    "a message that a screen shows both as sent and as pending",
    [[claim("a")], stored("a"), [screen(["a"], ["a"])]],
    { duplicated: ["a"] },
  ],
  [
    "messages of one writer stored in another order",
    [[claim("a"), claim("b")], stored("b", "a"), [screen(["b", "a"])]],
    { disordered: ["a"] },
  ],
  [
    "a gap in the sequence numbers",
    [[claim("a"), claim("b")], [...stored("a"), { conversationId: "c", seq: 3, id: "b" }], [screen(["a", "b"])]],
    { disordered: ["b"] },
  ],
  [
    "a screen in another order than stored",
    [[claim("a"), claim("b")], stored("a", "b"), [screen(["b", "a"])]],
    { disordered: ["a"] },
  ],
  ["a screen that lacks a message", [[claim("a")], stored("a"), [screen([])]], { missing: ["a"] }],
  ["a message that is never acknowledged", [[claim("a", never)], [], [screen([], ["a"])]], { unacknowledged: ["a"] }],
])("reports %s and nothing else", (_what, args, expected) => {
  const findings = audit(...args);
  expect(findings).toEqual({ ...CLEAN, ...expected });
  expect(isClean(findings)).toBe(false);
});

it.each([
  ["stored", stored("a"), ["a"]],
  ["not stored", [], []],
])("accepts either outcome of a message whose writer is gone: %s", (_way, log, shown) => {
  expect(audit([claim("a", { ...never, abandoned: true })], log, [screen(shown)])).toEqual(CLEAN);
});

it("ignores the order of messages sent concurrently", () => {
  const claims = [claim("a", { writer: undefined }), claim("b", { writer: undefined })];
  expect(audit(claims, stored("b", "a"), [screen(["b", "a"])])).toEqual(CLEAN);
});
