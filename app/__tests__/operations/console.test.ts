import { createLog } from "../../server/operations/log";
import { logConsole } from "../../server/operations/console";

const lines: string[] = [];
const log = createLog({ level: "debug", service: "test", destination: { write: (line) => void lines.push(line) } });
const target = { error: jest.fn(), warn: jest.fn(), log: jest.fn(), info: jest.fn(), debug: jest.fn() };

beforeAll(() => logConsole(log, target));
beforeEach(() => lines.splice(0));

const last = () => JSON.parse(lines.at(-1) ?? "{}") as Record<string, unknown>;

it("writes an error with its stack as one line of JSON", () => {
  target.error("⨯", new Error("a page\nthat throws"));
  expect(lines).toHaveLength(1);
  expect(last()).toMatchObject({
    level: "error",
    msg: "⨯",
    err: { message: "a page\nthat throws" },
    source: "console",
  });
});

it.each(["warn", "info", "debug"] as const)("keeps the level %s", (level) => {
  target[level]("%s of %d", "one", 2);
  expect(last()).toMatchObject({ level, msg: "one of 2" });
});

it("writes text of several lines as one line", () => {
  target.log("a\nb");
  expect(lines).toHaveLength(1);
  expect(last()).toMatchObject({ level: "info", msg: "a\nb" });
});

it("has the secrets of an object redacted, and no error for a client that went away", () => {
  target.error(Object.assign(new Error("x"), { password: "secret word" }));
  expect(lines.join()).not.toContain("secret word");
  target.error(Object.assign(new Error("aborted"), { code: "ECONNRESET" }));
  expect(last()).toMatchObject({ level: "info" });
});
