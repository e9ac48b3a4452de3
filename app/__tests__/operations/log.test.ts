import { createLog } from "../../server/operations/log";

function logged(write: (log: ReturnType<typeof createLog>) => void, level = "info"): string[] {
  const lines: string[] = [];
  write(createLog({ level, service: "s", destination: { write: (line) => void lines.push(line) } }));
  return lines;
}

it("writes one object per line, with level, time and service", () => {
  const [line] = logged((log) => log.info({ socket: "x" }, "hello"));
  expect(JSON.parse(line ?? "")).toEqual({
    level: "info",
    time: expect.stringMatching(/Z$/) as string,
    service: "s",
    socket: "x",
    msg: "hello",
  });
});

it("row 35: redacts values by their name, three levels deep", () => {
  const secrets = {
    password: "p1",
    token: "p2",
    ticket: "p3",
    cookie: "p4",
    authorization: "p5",
    body: "p6",
    auth: "p7",
  };
  const [line] = logged((log) => log.info({ ...secrets, a: { ...secrets, b: secrets } }, "x"));
  expect(line).not.toMatch(/p[1-7]/);
});

it("row 35: redacts in errors, lists and other spellings too", () => {
  const error = Object.assign(new Error("refused"), { password: "p1", config: { Authorization: "p2" } });
  const [line, other] = logged((log) => {
    log.warn({ err: error, list: [{ token: "p3" }] }, "x");
    log.error(error);
  });
  expect(`${line}${other}`).not.toMatch(/p[1-3]/);
  expect(line).toContain("refused");
  expect(line).toContain('"stack":');
  expect(other).toContain("refused");
});

it("does not change the logged object", () => {
  const given = { token: "t", inner: { ticket: "u" }, when: new Date(0) };
  const [line] = logged((log) => log.info(given, "x"));
  expect(given).toEqual({ token: "t", inner: { ticket: "u" }, when: new Date(0) });
  expect(JSON.parse(line ?? "")).toMatchObject({
    token: "[redacted]",
    inner: { ticket: "[redacted]" },
    when: "1970-01-01T00:00:00.000Z",
  });
});

it("writes nothing below its level", () => {
  expect(logged((log) => log.info("x"), "warn")).toEqual([]);
});
