import { Token } from "cdktf";
import { ConfigurationError } from "../../../modules/core";
import { Checks } from "../../../modules/core/checks";
import {
  checkDailyWindow,
  checkWeeklyWindow,
  parseDailyWindow,
  parseWeeklyWindow,
  windowsOverlap,
} from "../../../modules/core/windows";
import { withoutCodes } from "../../helpers/refusal";

const daily = (text: string) => parseDailyWindow(text)!;
const weekly = (text: string) => parseWeeklyWindow(text)!;

describe("windows", () => {
  it("parses a daily window, across midnight too", () => {
    expect(daily("18:00-19:30")).toEqual({ startMinute: 1080, lengthMinutes: 90, periodMinutes: 1440 });
    expect(daily("23:30-00:15")).toEqual({ startMinute: 1410, lengthMinutes: 45, periodMinutes: 1440 });
  });

  it("parses a weekly window, across the end of the week too", () => {
    expect(weekly("mon:00:30-mon:01:00")).toEqual({ startMinute: 30, lengthMinutes: 30, periodMinutes: 10080 });
    expect(weekly("sun:23:30-mon:00:30")).toEqual({ startMinute: 10050, lengthMinutes: 60, periodMinutes: 10080 });
  });

  it.each(["24:00-01:00", "1:00-2:00", "18:00", "18:60-19:00", ""])("does not parse %p as a daily window", (text) => {
    expect(parseDailyWindow(text)).toBeUndefined();
  });

  it.each(["Sun:19:30-sun:20:30", "sun:19:30-20:30", "sunday:19:30-sunday:20:30"])(
    "takes %p for no weekly window",
    (text) => {
      expect(parseWeeklyWindow(text)).toBeUndefined();
    },
  );

  it.each([
    ["18:00-19:00", "sun:19:00-sun:20:00", false],
    ["18:00-19:00", "sun:18:59-sun:20:00", true],
    ["18:00-19:00", "sun:17:00-sun:18:00", false],
    ["18:00-19:00", "sun:17:00-sun:18:01", true],
    ["23:30-00:30", "wed:00:00-wed:01:00", true],
    ["00:30-01:00", "sat:23:00-sun:00:45", true],
    ["00:45-01:15", "sat:23:00-sun:00:45", false],
  ])("a backup at %s and maintenance at %s: overlap is %p", (backup, maintenance, expected) => {
    expect(windowsOverlap(daily(backup), weekly(maintenance))).toBe(expected);
    expect(windowsOverlap(weekly(maintenance), daily(backup))).toBe(expected);
  });
});

/** Returns the problem that a check reports for a window, if any. */
function problem(check: typeof checkDailyWindow, text: unknown, minMinutes = 30): string | undefined {
  const checks = new Checks("env");
  check(checks, "p", text as string | undefined, minMinutes);
  try {
    checks.throwIfInvalid();
  } catch (error) {
    if (error instanceof ConfigurationError) return withoutCodes(error.message);
    throw error;
  }
  return undefined;
}

describe("the check of a window", () => {
  const remedy = "Take an hour with few users; the clock is UTC.";
  const lengthen = "Lengthen it, or put the end behind the start.";

  it.each([undefined, Token.asString({ resolve: () => "x" }), "18:00-18:30", "23:45-00:15"])("accepts %p", (text) => {
    expect(problem(checkDailyWindow, text)).toBeUndefined();
  });

  it.each(["sun:19:30-sun:20:00", "sun:23:45-mon:00:15", "mon:00:00-tue:00:00"])(
    "accepts the weekly window %p",
    (text) => {
      expect(problem(checkWeeklyWindow, text)).toBeUndefined();
    },
  );

  it("explains the format of a daily window", () => {
    const expected = "expected hh:mm-hh:mm in UTC, such as 18:00-19:00";
    expect(problem(checkDailyWindow, "6pm")).toBe(`[env] p: ${expected}, got "6pm". ${remedy}`);
    expect(problem(checkDailyWindow, 18)).toBe(`[env] p: ${expected}, got 18. ${remedy}`);
  });

  it("explains the format of a weekly window", () => {
    const expected = "expected ddd:hh:mm-ddd:hh:mm in UTC, lower case, such as sun:19:30-sun:20:30";
    expect(problem(checkWeeklyWindow, "18:00-19:00")).toBe(`[env] p: ${expected}, got "18:00-19:00". ${remedy}`);
  });

  it.each([
    [checkDailyWindow, "18:00-18:29"],
    [checkDailyWindow, "18:00-18:00"],
    [checkWeeklyWindow, "mon:00:00-tue:00:01"],
    [checkWeeklyWindow, "tue:00:00-mon:00:00"],
  ])("states the allowed length: %p %p", (check, text) => {
    const expected = "expected a window of 30 minutes to 24 hours";
    expect(problem(check, text)).toBe(`[env] p: ${expected}, got "${text}". ${lengthen}`);
  });
});
