import { readdirSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../../helpers/run-program";
import { limitsOf } from "./limits";
import { linesNaming, type Page, parsePage, readModulePage } from "./page";
import { documentedDefaults, publicMembers } from "./sources";
import { type Subject } from "./subject";
import { SUBJECTS } from "./subjects";
import { saidRanges, says, saysInOrder } from "./written-value";

/** Longer lists, such as the 22 retention periods of CloudWatch, would hide what matters. */
const MOST_CHOICES = 8;

const RUN_TASKS = ["fargate-service", "one-off-task", "scheduled-task"];

/** What docstrings say after `@default`, for what runs tasks on Fargate also those of the props that they share. */
function documented(module: string): ReadonlyMap<string, readonly string[]> {
  const shared = RUN_TASKS.includes(module) ? documentedDefaults("ecs") : new Map<string, readonly string[]>();
  return new Map([...shared, ...documentedDefaults(module)]);
}

/** Where a prop is described: its row, or every line that names it. */
function descriptionOf(page: Page, { place }: Subject, prop: string): string {
  const rows = page.rows.filter(({ props }) => props.includes(prop)).map(({ text }) => text);
  return (place === "text" ? linesNaming(page, prop) : rows).join("\n");
}

/** Props whose description does not say their default. */
function wrongDefaults(page: Page, subject: Subject): string[] {
  const { defaults, place } = subject;
  const given = Object.keys(defaults);
  if (place === "text") {
    return given.filter((prop) => !linesNaming(page, prop).some((line) => says(afterName(line, prop), defaults[prop])));
  }
  return page.rows.flatMap((row) => {
    const here = row.props.filter((prop) => given.includes(prop));
    const values = here.map((prop) => defaults[prop]);
    return saysInOrder(row.defaults, values) ? [] : here.map((prop) => `${prop}: ${row.defaults}`);
  });
}

function afterName(line: string, prop: string): string {
  return line.slice(line.indexOf(prop) + prop.length);
}

/** Props whose description does not say the numbers or values that the code accepts. */
function missingLimits(page: Page, subject: Subject): string[] {
  return subject.props.flatMap((prop) => {
    const { range, choices, longest } = limitsOf(subject, prop);
    const text = descriptionOf(page, subject, prop);
    const numbers = [...(range ? endsWorthSaying(range) : []), ...(longest === undefined ? [] : [longest])];
    const values = choices.length > MOST_CHOICES ? [] : choices.filter((choice) => !says(page.text, choice));
    return [...numbers.filter((number) => !says(text, number)), ...values].map((value) => `${prop}: ${value}`);
  });
}

/** Ranges in a description that share one end with a range of the code and differ in the other. */
function wrongRanges(page: Page, subject: Subject): string[] {
  const ranges = new Map(subject.props.map((prop) => [prop, limitsOf(subject, prop).range]));
  return subject.props.flatMap((prop) => {
    const beside = page.rows.find(({ props }) => props.includes(prop))?.props ?? [prop];
    const known = beside.flatMap((each) => ranges.get(each) ?? []);
    return saidRanges(descriptionOf(page, subject, prop))
      .filter(({ min, max }) => !known.some((range) => range.min === min && range.max === max))
      .filter(({ min, max }) => known.some((range) => range.min === min || range.max === max))
      .map(({ min, max }) => `${prop}: ${min} to ${max}`);
  });
}

/** The ends of a range that a reader cannot guess: not 0 and 1, not the last TCP port, and no number that stands for "no limit". */
function endsWorthSaying({ min, max }: { readonly min: number; readonly max: number }): number[] {
  return [...(min > 1 ? [min] : []), ...(max < 1e9 && !(min <= 1 && max === 65_535) ? [max] : [])];
}

it("covers every module with defaults", () => {
  const modules = readdirSync(join(ROOT, "modules"), { withFileTypes: true }).filter((entry) => entry.isDirectory());
  // `ecs` is shared by what runs tasks, and described there; `core` has no construct.
  const own = modules.map(({ name }) => name).filter((name) => !["core", "ecs"].includes(name));
  expect([...new Set(SUBJECTS.map(({ module }) => module))].sort()).toEqual(own.sort());
});

describe.each(SUBJECTS.map((subject) => [subject.name, subject] as const))("%s", (_, subject) => {
  const page = readModulePage(subject.module);

  it("has every prop in its README", () => {
    expect(subject.props.filter((prop) => descriptionOf(page, subject, prop) === "")).toEqual([]);
  });

  it("has the defaults of the code in its README", () => {
    expect(wrongDefaults(page, subject)).toEqual([]);
  });

  it("has the defaults of the code in the docstrings of its props", () => {
    const all = documented(subject.module);
    const texts = (prop: string) => all.get(prop) ?? [];
    const wrong = Object.entries(subject.defaults)
      // Thresholds and health checks are described as a whole.
      .filter(([prop]) => texts(prop).length > 0)
      .filter(([prop, value]) => !texts(prop).some((text) => says(text, value)));
    expect(wrong.map(([prop]) => `${prop}: ${texts(prop).join(" / ")}`)).toEqual([]);
  });

  it("has the limits of the code in its README", () => {
    expect(missingLimits(page, subject)).toEqual([]);
    expect(wrongRanges(page, subject)).toEqual([]);
  });
});

it.each([
  ["network", "Network"],
  ["alb-websocket", "AlbWebsocket"],
  ["cdn", "Cdn"],
  ["dns-certificate", "DnsCertificate"],
  ["waf", "Waf"],
  ["fargate-service", "FargateService"],
  ["one-off-task", "OneOffTask"],
  ["scheduled-task", "ScheduledTask"],
  ["app-runner-service", "AppRunnerService"],
  ["ec2-service", "Ec2Service"],
  ["database", "Database"],
  ["database", "DatabaseProxy"],
  ["cache", "Cache"],
  ["secrets", "Secrets"],
  ["registry", "Registry"],
  ["log-bucket", "LogBucket"],
  ["encryption-key", "EncryptionKey"],
  ["monitoring", "Monitoring"],
  ["monitoring", "AlarmTopic"],
  ["monitoring", "RollbackAlarms"],
])("%s has every output and method of %s in its README", (module, construct) => {
  const page = readModulePage(module);
  const members = publicMembers(module, construct);
  expect(members.length).toBeGreaterThan(1);
  expect(members.filter((member) => linesNaming(page, member).length === 0)).toEqual([]);
});

it.each([...new Set(SUBJECTS.map(({ module }) => module))])("the tables of %s name only props that exist", (module) => {
  const known = SUBJECTS.filter((subject) => subject.module === module).flatMap(({ props }) => props);
  const named = readModulePage(module).rows.flatMap(({ props }) => props);
  expect(named.filter((prop) => !known.includes(prop))).toEqual([]);
});

describe("on a page that is wrong", () => {
  const subject = SUBJECTS.find(({ name }) => name === "EncryptionKey")!;
  const row = (prop: string, value: string, meaning: string) =>
    parsePage(`| prop | default | meaning |\n| --- | --- | --- |\n| \`${prop}\` | ${value} | ${meaning} |\n`);

  it("notices another default", () => {
    expect(wrongDefaults(row("deletionWindowDays", "`30`", "7 to 30"), subject)).toEqual([]);
    expect(wrongDefaults(row("deletionWindowDays", "`7`", "7 to 30"), subject)).toEqual(["deletionWindowDays: `7`"]);
  });

  it("notices other limits", () => {
    const only = { ...subject, props: ["deletionWindowDays"] };
    expect(missingLimits(row("deletionWindowDays", "`30`", "7 to 30"), only)).toEqual([]);
    expect(missingLimits(row("deletionWindowDays", "`30`", "1 to 30"), only)).toEqual(["deletionWindowDays: 7"]);
    expect(wrongRanges(row("deletionWindowDays", "`30`", "7 to 30"), only)).toEqual([]);
    expect(wrongRanges(row("deletionWindowDays", "`30`", "1 to 30"), only)).toEqual(["deletionWindowDays: 1 to 30"]);
  });

  it("tells the values of a row with several props apart", () => {
    expect(saysInOrder("`true`, `false`", [true, false])).toBe(true);
    expect(saysInOrder("`true`, `false`", [false, true])).toBe(false);
    expect(saysInOrder("5,000, 1,000", [5000, 1000])).toBe(true);
    expect(says("nobody, with a warning", {})).toBe(true);
    expect(says("0.5", 0)).toBe(false);
  });
});
