import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as fc from "fast-check";
import { TARGETS } from "./arbitraries";
import { edgeMonitoring } from "./arbitraries/monitoring";
import { arnPathsOf, type Path, propAt, replacedAt, valueAt } from "./arn-paths";
import { Judge } from "./judge";
import { fuzzSettings } from "./settings";
import { type Target } from "./target";

/** Samples of each target, enough to hold every prop with an ARN several times. */
const { seed, runs } = fuzzSettings(60);

/** What people get wrong in an ARN, each by its name. */
const SPOILS: Readonly<Record<string, (arn: string) => string>> = {
  "a trailing space": (arn) => `${arn} `,
  "a leading space": (arn) => ` ${arn}`,
  "a line break at its end": (arn) => `${arn}\n`,
  "another service": (arn) => field(arn, 2, "ec2"),
  "another type of resource": (arn) => field(arn, 5, otherType(arn.split(":").slice(5).join(":"))),
  "a wildcard at its end": (arn) => `${arn}/*`,
  "a field at its end": (arn) => `${arn}:*`,
  "another partition": (arn) => field(arn, 1, "aws-cn"),
  "a partition that does not exist": (arn) => field(arn, 1, "awsome"),
  "no region": (arn) => field(arn, 3, ""),
  "no account": (arn) => field(arn, 4, ""),
  "an account of eleven digits": (arn) => field(arn, 4, "12345678901"),
  "no resource": (arn) => field(arn, 5, ""),
};

/** Replaces a field; the sixth is everything after the account. */
function field(arn: string, index: number, text: string): string {
  const fields = arn.split(":");
  return [...fields.slice(0, index), text, ...(index === 5 ? [] : fields.slice(index + 1))].join(":");
}

/** The resource with another type; a topic or a queue, which have none, becomes one of something. */
function otherType(resource: string): string {
  return /[/:]/.test(resource) ? resource.replace(/^[^/:]+/, "other") : `other/${resource}`;
}

interface Place {
  readonly data: unknown;
  readonly path: Path;
}

/** Finds an accepted case for each prop that takes an ARN. */
function placesOf(target: Target, judge: Judge): ReadonlyMap<string, Place> {
  const places = new Map<string, Place>();
  for (const data of fc.sample(target.data, { seed, numRuns: runs })) {
    const found = arnPathsOf(data).map((path) => [propAt(data, path), { data, path }] as const);
    const missing = found.filter(([prop]) => !places.has(prop));
    if (missing.length === 0 || judge.verdict(target, data).kind !== "accepted") continue;
    for (const [prop, place] of missing) places.set(prop, place);
  }
  return places;
}

const tried = new Set<string>();

describe.each([...TARGETS, edgeMonitoring].map((target) => [target.name, target] as const))("%s", (_, target) => {
  const judge = new Judge();
  afterAll(() => judge.close());

  it("refuses an ARN with any of these mistakes, in every prop that takes one", () => {
    const accepted: string[] = [];
    for (const [prop, { data, path }] of placesOf(target, judge)) {
      tried.add(prop);
      const arn = valueAt(data, path) as string;
      for (const [mistake, spoil] of Object.entries(SPOILS)) {
        const { kind } = judge.verdict(target, replacedAt(data, path, spoil(arn)));
        if (kind === "accepted") accepted.push(`${prop}: ${mistake}, ${spoil(arn)}`);
      }
    }
    expect(accepted).toEqual([]);
  });
});

it("has tried every prop of the library that is named after an ARN", () => {
  const modules = join(__dirname, "../../modules");
  const files = readdirSync(modules, { recursive: true, encoding: "utf8" }).filter((file) => /props\.ts$/.test(file));
  const props = files.flatMap((file) => {
    const text = readFileSync(join(modules, file), "utf8");
    return [...text.matchAll(/^ +readonly (\w*[aA]rns?)\??:/gm)].map(([, name = ""]) => name);
  });
  const names = new Set([...tried].flatMap((prop) => prop.split(".")));
  expect(new Set(props).size).toBeGreaterThan(12);
  expect([...new Set(props)].filter((name) => !names.has(name))).toEqual([]);
});
