import { createLog } from "../../server/operations/log";

function logged(write: (log: ReturnType<typeof createLog>) => void, level = "info"): string[] {
  const lines: string[] = [];
  write(createLog({ level, service: "s", destination: { write: (line) => void lines.push(line) } }));
  return lines;
}

it("writes one object a line, with level, time and service", () => {
  const [line] = logged((log) => log.info({ socket: "x" }, "hello"));
  expect(JSON.parse(line ?? "")).toEqual({
    level: "info",
    time: expect.stringMatching(/Z$/) as string,
    service: "s",
    socket: "x",
    msg: "hello",
  });
});

it("row 35: never writes what is secret by its name, three levels deep", () => {
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

it("keeps quiet below its level", () => {
  expect(logged((log) => log.info("x"), "warn")).toEqual([]);
});
