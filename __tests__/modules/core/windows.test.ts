import { parseDailyWindow, parseWeeklyWindow, windowsOverlap } from "../../../modules/core/windows";

const daily = (text: string) => parseDailyWindow(text)!;
const weekly = (text: string) => parseWeeklyWindow(text)!;

describe("windows", () => {
  it("reads a daily one, over midnight too", () => {
    expect(daily("18:00-19:30")).toEqual({ startMinute: 1080, lengthMinutes: 90, periodMinutes: 1440 });
    expect(daily("23:30-00:15")).toEqual({ startMinute: 1410, lengthMinutes: 45, periodMinutes: 1440 });
  });

  it("reads a weekly one, over the end of the week too", () => {
    expect(weekly("mon:00:30-mon:01:00")).toEqual({ startMinute: 30, lengthMinutes: 30, periodMinutes: 10080 });
    expect(weekly("sun:23:30-mon:00:30")).toEqual({ startMinute: 10050, lengthMinutes: 60, periodMinutes: 10080 });
  });

  it.each(["24:00-01:00", "1:00-2:00", "18:00", "18:60-19:00", ""])("takes %p for no daily window", (text) => {
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
