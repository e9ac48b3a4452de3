import { Token } from "cdktf";
import { refused } from "./fixture";

const later = Token.asNumber({ resolve: () => 100, creationStack: [] });

it.each<[string, object, string]>([
  [
    "a schedule that is none",
    { schedule: "every night" },
    'schedule: expected a cron(), at() or rate() expression of AWS, got "every night": it is neither cron(…), at(…) nor rate(…). For example "cron(0 8 ? * MON-FRI *)": minute, hour, day, month, weekday, year.',
  ],
  [
    "no time zone for a time of day",
    { timezone: undefined },
    'timezone: expected a value, got nothing. For example "Asia/Tokyo".',
  ],
  [
    "a time zone that there is not",
    { timezone: "+09:00" },
    'timezone: expected a time zone of the IANA database, got "+09:00". For example "Asia/Tokyo".',
  ],
  [
    "a time zone for a rate",
    { schedule: "rate(1 day)" },
    'timezone: expected no time zone with a rate(), got "Asia/Tokyo". Leave it out, or use cron() for a time of day.',
  ],
  [
    "a run that may take no time",
    { timeoutSec: 5 },
    "timeoutSec: expected a whole number from 60 to 604800 seconds, got 5. A run that takes longer is stopped, and the alarm goes off.",
  ],
  [
    "a limit that is known only at apply",
    { timeoutSec: later },
    "timeoutSec: expected a literal, got a value that is known only at apply. A run that takes longer is stopped, and the alarm goes off.",
  ],
  ["a topic that is none", { alarmTopicArn: "oncall" }, "alarmTopicArn: expected"],
  ["a prop of services", { loadBalancer: {} }, "loadBalancer: expected"],
  ["root", { user: "root" }, "user: expected a user, or user:group, that is not root"],
  ["an image without a tag", { image: "crm" }, "image: expected an image reference with a digest"],
  ["a size that Fargate has not", { memoryMiB: 4096 }, "memoryMiB: expected with 256 CPU units one of"],
])("refuses %s", (_, props, line) => {
  const lines = refused(props);
  expect(lines).toHaveLength(1);
  expect(lines[0]).toContain(line);
});

it("reports every problem at once", () => {
  expect(refused({ schedule: "nightly", timezone: "Tokyo", timeoutSec: 1, user: "root" })).toHaveLength(4);
});
