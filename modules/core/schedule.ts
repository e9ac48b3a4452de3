/** The fields of a cron expression. Source: Application Auto Scaling user guide, "Create scheduled actions using cron expressions". */
interface Field {
  readonly name: string;
  readonly min: number;
  readonly max: number;
  readonly names?: readonly string[] | undefined;
  /** Forms that only this field has. */
  readonly special?: RegExp | undefined;
}

const MONTHS = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
const WEEKDAYS = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

const FIELDS: readonly [Field, Field, Field, Field, Field, Field] = [
  { name: "minute", min: 0, max: 59 },
  { name: "hour", min: 0, max: 23 },
  { name: "day of the month", min: 1, max: 31, special: /^(?:L|LW|(?:[1-9]|[12]\d|3[01])W)$/ },
  { name: "month", min: 1, max: 12, names: MONTHS },
  {
    name: "weekday",
    min: 1,
    max: 7,
    names: WEEKDAYS,
    special: /^(?:L|(?:[1-7]|SUN|MON|TUE|WED|THU|FRI|SAT)(?:L|#[1-5]))$/,
  },
  { name: "year", min: 1970, max: 2199 },
];

const DAYS_IN_MONTH = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Returns what is wrong with a `cron()`, `at()` or `rate()` expression; `undefined` when AWS accepts it. */
export function describeScheduleMistake(text: string): string | undefined {
  const [, kind, content = ""] = /^(cron|at|rate)\((.*)\)$/.exec(text) ?? [];
  if (kind === "cron") return describeCronMistake(content);
  if (kind === "at") return describeTimeMistake(content);
  if (kind === "rate") return describeRateMistake(content);
  return "it is neither cron(…), at(…) nor rate(…)";
}

function describeRateMistake(content: string): string | undefined {
  const [, value = "", unit = ""] = /^([1-9]\d{0,8}) (minutes?|hours?|days?)$/.exec(content) ?? [];
  if (value === "") return "a rate is a whole number above 0 and minutes, hours or days";
  const plural = unit.endsWith("s");
  return (value === "1") === !plural
    ? undefined
    : `it is written rate(${value} ${plural ? unit.slice(0, -1) : `${unit}s`})`;
}

function describeTimeMistake(content: string): string | undefined {
  const match = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)$/.exec(content);
  if (!match) return "a time is written at(2027-01-31T08:00:00)";
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1).map(Number);
  if (hour > 23 || minute > 59 || second > 59) return "there is no such time of day";
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? undefined : "there is no such date";
}

function describeCronMistake(content: string): string | undefined {
  const parts = content.split(" ");
  if (parts.length !== FIELDS.length || parts.includes(""))
    return `cron has six fields, separated by one space, not ${parts.length}`;
  const [, , day = "", month = "", weekday = ""] = parts;
  if ((day === "?") === (weekday === "?")) return "exactly one of day of the month and weekday is ?";
  for (const [index, field] of FIELDS.entries()) {
    const part = parts[index]!;
    const anyDay = part === "?" && (index === 2 || index === 4);
    if (!anyDay && !part.split(",").every((item) => fitsField(item, field)))
      return `the ${field.name} cannot be ${part}`;
  }
  return isEverReached(day, month) ? undefined : "no month that it names has such a day";
}

/** Whether an element of a field's list is one of its forms: `*`, a value, a range or a special form, with a step or without. */
function fitsField(item: string, field: Field): boolean {
  if (field.special?.test(item)) return true;
  const [, from = "", to, step] = /^([A-Z]+|\d+|\*)(?:-([A-Z]+|\d+))?(?:\/(\d+))?$/.exec(item) ?? [];
  if (from === "" || (from === "*" && to !== undefined)) return false;
  const bounds = [from, to].filter((bound) => bound !== undefined && bound !== "*");
  const stepFits = step === undefined || (Number(step) >= 1 && Number(step) <= field.max);
  return stepFits && bounds.every((bound) => valueOf(bound!, field) !== undefined);
}

function valueOf(text: string, { min, max, names }: Field): number | undefined {
  const named = names?.indexOf(text) ?? -1;
  const value = named >= 0 ? named + min : /^\d{1,4}$/.test(text) ? Number(text) : Number.NaN;
  return value >= min && value <= max ? value : undefined;
}

/** Whether some month of the expression has one of its days: not 30 February, nor 31 April. Only plain lists are judged. */
function isEverReached(day: string, month: string): boolean {
  const days = day.split(",").map((text) => valueOf(text, FIELDS[2]));
  const months = month.split(",").map((text) => valueOf(text, FIELDS[3]));
  if ([...days, ...months].includes(undefined)) return true;
  return months.some((number) => days.some((of) => of! <= DAYS_IN_MONTH[number! - 1]!));
}
