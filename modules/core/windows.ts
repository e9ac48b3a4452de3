import { type Checks, formatValue } from "./checks";
import { isUnresolved } from "./tokens";

/** A daily or weekly window, in minutes UTC; it may run past the end of the day or week. */
export interface Window {
  readonly startMinute: number;
  readonly lengthMinutes: number;
  readonly periodMinutes: number;
}

const DAY = 24 * 60;
const WEEK = 7 * DAY;
const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;
const TIME = "([01]\\d|2[0-3]):([0-5]\\d)";
const DAILY = new RegExp(`^${TIME}-${TIME}$`);
const WEEKLY = new RegExp(`^(${DAYS.join("|")}):${TIME}-(${DAYS.join("|")}):${TIME}$`);

/** Parses a window such as `18:00-19:00`. Returns `undefined` for any other text. */
export function parseDailyWindow(text: string): Window | undefined {
  const match = DAILY.exec(text);
  if (!match) return undefined;
  const [fromHour = 0, fromMinute = 0, toHour = 0, toMinute = 0] = match.slice(1).map(Number);
  return window(fromHour * 60 + fromMinute, toHour * 60 + toMinute, DAY);
}

/** Parses a window such as `sun:19:30-sun:20:30`. Returns `undefined` for any other text. */
export function parseWeeklyWindow(text: string): Window | undefined {
  const match = WEEKLY.exec(text);
  if (!match) return undefined;
  const [, fromDay, fromHour, fromMinute, toDay, toHour, toMinute] = match;
  const minute = (day: string | undefined, hour: string | undefined, past: string | undefined) =>
    DAYS.findIndex((name) => name === day) * DAY + Number(hour) * 60 + Number(past);
  return window(minute(fromDay, fromHour, fromMinute), minute(toDay, toHour, toMinute), WEEK);
}

function window(startMinute: number, endMinute: number, periodMinutes: number): Window {
  return { startMinute, lengthMinutes: (endMinute - startMinute + periodMinutes) % periodMinutes, periodMinutes };
}

/** Whether two windows ever share a minute. */
export function windowsOverlap(a: Window, b: Window): boolean {
  const period = Math.min(a.periodMinutes, b.periodMinutes);
  const gap = (from: Window, to: Window) => (((to.startMinute - from.startMinute) % period) + period) % period;
  return gap(a, b) < a.lengthMinutes || gap(b, a) < b.lengthMinutes;
}

/** Checks a daily maintenance or backup window, such as `18:00-19:00`, and its length. */
export function checkDailyWindow(checks: Checks, prop: string, text: string | undefined, minMinutes: number): void {
  checkWindow(checks, prop, text, minMinutes, parseDailyWindow, "hh:mm-hh:mm in UTC, such as 18:00-19:00");
}

/** Checks a weekly maintenance window, such as `sun:19:30-sun:20:30`, and its length. */
export function checkWeeklyWindow(checks: Checks, prop: string, text: string | undefined, minMinutes: number): void {
  const format = "ddd:hh:mm-ddd:hh:mm in UTC, lower case, such as sun:19:30-sun:20:30";
  checkWindow(checks, prop, text, minMinutes, parseWeeklyWindow, format);
}

function checkWindow(
  checks: Checks,
  prop: string,
  text: string | undefined,
  minMinutes: number,
  parse: (text: string) => Window | undefined,
  format: string,
): void {
  if (text === undefined || isUnresolved(text)) return;
  const parsed = typeof text === "string" ? parse(text) : undefined;
  checks.require(parsed !== undefined, {
    code: "core/maintenance-window",
    prop,
    expected: format,
    got: formatValue(text),
    remedy: "Take an hour with few users; the clock is UTC.",
  });
  checks.require(parsed === undefined || (parsed.lengthMinutes >= minMinutes && parsed.lengthMinutes <= DAY), {
    code: "core/maintenance-window",
    prop,
    expected: `a window of ${minMinutes} minutes to 24 hours`,
    got: formatValue(text),
    remedy: "Lengthen it, or put the end behind the start.",
  });
}
