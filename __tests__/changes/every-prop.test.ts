import { readdirSync } from "node:fs";
import { join } from "node:path";
import { propsOfConstructs } from "../helpers/constructs";
import { recordedOutcomes } from "../helpers/transitions/changes-file";
import { type Case } from "../helpers/transitions/transitions";
import { LIMITS } from "./limits";
import { UNTRIED } from "./untried";

const mockCases: Case[] = [];
jest.mock("../helpers/transitions/judge", () => ({
  itChanges: (cases: readonly Case[]) => void mockCases.push(...cases),
}));

const FOLDERS = ["transitions", "terraform/transitions"].map((name) => join(__dirname, "..", name));

beforeAll(async () => {
  // These files only describe their cases: what would run them is replaced above.
  const files = FOLDERS.flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => name.endsWith(".test.ts") && name !== "moved.test.ts")
      .map((name) => join(folder, name)),
  );
  for (const file of files) await import(file);
});

/** Returns the props that a change names: `iops, storageType` or `engineVersion, Aurora`. */
const wordsOf = (change: string) => change.match(/\w+/g) ?? [];

function triedProps(construct: string): ReadonlySet<string> {
  return new Set(mockCases.filter((one) => one.construct === construct).flatMap(({ prop }) => wordsOf(prop)));
}

function limitedProps(construct: string): ReadonlySet<string> {
  const own = LIMITS.filter((limit) => limit.construct.split(", ").includes(construct));
  return new Set(own.flatMap(({ change }) => [...change.matchAll(/`(\w+)`/g)].map(([, prop]) => prop!)));
}

describe.each([...propsOfConstructs()])("%s", (construct, props) => {
  const untried = Object.keys(UNTRIED[construct] ?? {});

  it("has each prop in a transition, among the limits of docs/changes.md, or untried with a reason", () => {
    const covered = new Set([...triedProps(construct), ...limitedProps(construct), ...untried]);
    expect(props.filter((prop) => !covered.has(prop))).toEqual([]);
  });

  it("gives reasons for no other props", () => {
    const tried = triedProps(construct);
    expect(untried.filter((prop) => !props.includes(prop) || tried.has(prop))).toEqual([]);
  });
});

it("records what each step of each case does, and nothing else", () => {
  const keyOf = (row: { construct: string; prop: string; from: string; to: string }) =>
    [row.construct, row.prop, row.from, row.to].join(" | ");
  const steps = mockCases.flatMap(({ construct, prop, steps: all }) =>
    all.slice(1).map(([to], index) => keyOf({ construct, prop, from: all[index]![0], to })),
  );
  const recorded = recordedOutcomes().map(keyOf);
  expect(new Set(steps).size).toBeGreaterThan(250);
  expect(steps.filter((step) => !recorded.includes(step))).toEqual([]);
  expect(recorded.filter((row) => !steps.includes(row))).toEqual([]);
});
