import { type Checks, formatValue } from "../../core/checks";
import { describeScheduleMistake } from "../../core/schedule";
import { isTimeZone } from "../../core/time-zone";
import { isUnresolved } from "../../core/tokens";

const EXAMPLE = 'For example "cron(0 8 ? * MON-FRI *)": minute, hour, day, month, weekday, year.';

/** Requires a schedule expression that AWS accepts and that is reached at some time. */
export function checkSchedule(checks: Checks, prop: string, schedule: string | undefined): void {
  if (!checks.required(prop, schedule, EXAMPLE)) return;
  const mistake =
    typeof schedule !== "string" || isUnresolved(schedule) ? undefined : describeScheduleMistake(schedule);
  checks.require(mistake === undefined, {
    code: "core/wrong-format",
    prop,
    expected: "a cron(), at() or rate() expression of AWS",
    got: `${formatValue(schedule)}: ${mistake}`,
    remedy: EXAMPLE,
  });
}

/** Requires a time zone by its name in the IANA database. */
export function checkTimeZone(checks: Checks, prop: string, timezone: string | undefined): void {
  if (!checks.required(prop, timezone, 'For example "Asia/Tokyo".')) return;
  checks.require(isUnresolved(timezone) || isTimeZone(timezone!), {
    code: "ecs/time-zone",
    prop,
    expected: "a time zone of the IANA database",
    got: formatValue(timezone),
    remedy: 'For example "Asia/Tokyo".',
  });
}
