import { logs, parseSince } from "../../../tools/deploy/commands/logs";
import { contextOf, useCredentials } from "./fixtures";
import { type Answer, AwsFault, ScriptedAws } from "./scripted-aws";

useCredentials();

const NOW = Date.parse("2026-11-30T06:00:00Z");
const line = (eventId: string, secondsAgo: number, message: string, stream = "app/app/0123456789abcdef") => ({
  eventId,
  timestamp: NOW - secondsAgo * 1000,
  message,
  logStreamName: stream,
});

let aws: ScriptedAws;
afterEach(() => aws.stop());

it("prints all pages, the oldest line first, with time, container and task", async () => {
  aws = await ScriptedAws.start({
    FilterLogEvents: (input): Answer =>
      input["nextToken"] === undefined
        ? { events: [line("2", 10, "listening\n")], nextToken: "more" }
        : { events: [line("1", 20, "migrated", "migration/migration/fedcba9876543210")] },
  });
  const { context, printed } = contextOf(aws);
  await logs(context, { sinceMs: 60_000 });
  expect(printed).toEqual([
    "2026-11-30T05:59:40.000Z  migration/fedcba98  migrated",
    "2026-11-30T05:59:50.000Z  app/01234567  listening",
  ]);
  expect(aws.inputs("FilterLogEvents")[0]).toEqual({ logGroupName: "/ecs/crm-dev", startTime: NOW - 60_000 });
});

it("asks CloudWatch for one container and a pattern only", async () => {
  aws = await ScriptedAws.start({ FilterLogEvents: { events: [] } });
  await logs(contextOf(aws).context, { sinceMs: 1000, container: "app", filter: "ERROR" });
  expect(aws.inputs("FilterLogEvents")).toEqual([
    { logGroupName: "/ecs/crm-dev", startTime: NOW - 1000, logStreamNamePrefix: "app/", filterPattern: "ERROR" },
  ]);
});

it("goes on until the signal, and prints no line twice, nor misses one that arrives late", async () => {
  const stop = new AbortController();
  const first = line("1", 5, "one");
  const late = line("2", 6, "two");
  let reads = 0;
  aws = await ScriptedAws.start({
    FilterLogEvents: () => {
      reads += 1;
      if (reads === 3) stop.abort();
      return { events: reads === 1 ? [first] : [late, first] };
    },
  });
  const { context, printed } = contextOf(aws);
  await logs(context, { sinceMs: 60_000, follow: stop.signal });
  expect(printed.map((text) => text.split("  ").at(-1))).toEqual(["one", "two"]);
  const starts = aws.inputs("FilterLogEvents").map(({ startTime }) => Number(startTime) - NOW);
  expect(starts).toEqual([-60_000, -10_000, -8000]);
});

it("refuses a container that the tasks do not have", async () => {
  aws = await ScriptedAws.start({});
  await expect(logs(contextOf(aws).context, { sinceMs: 1000, container: "web" })).rejects.toThrow(
    "--container: expected migration or app, got web.",
  );
});

it("says that nothing is deployed without a log group", async () => {
  aws = await ScriptedAws.start({ FilterLogEvents: new AwsFault("ResourceNotFoundException", "") });
  await expect(logs(contextOf(aws).context, { sinceMs: 1000 })).rejects.toThrow(
    "crm-dev: expected the log group /ecs/crm-dev, found none: nothing is deployed there. Run `make deploy`.",
  );
});

it.each([
  ["90s", 90_000],
  ["15m", 900_000],
  ["2h", 7_200_000],
  ["1d", 86_400_000],
])("reads %s", (text, ms) => {
  expect(parseSince(text)).toBe(ms);
});

it.each(["", "15", "m", "1w", "-1m", "1.5h"])("refuses '%s'", (text) => {
  expect(() => parseSince(text)).toThrow(`--since: expected a time such as 90s, 15m, 2h or 1d, got ${text}.`);
});
