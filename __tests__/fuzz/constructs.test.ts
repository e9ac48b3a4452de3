import * as fc from "fast-check";
import { propsOfConstructs } from "../helpers/constructs";
import { TARGETS } from "./arbitraries";
import { edgeMonitoring } from "./arbitraries/monitoring";
import { Special } from "./arbitraries/special";
import { itSurvives } from "./fuzz";
import { fuzzSettings } from "./settings";

const kebabCase = (name: string) => name.replace(/(?<=[a-z0-9])(?=[A-Z])/g, "-").toLowerCase();

it("covers every construct of the library", () => {
  const names = [...propsOfConstructs().keys()].map(kebabCase);
  expect(TARGETS.map(({ name }) => name).sort()).toEqual(names.sort());
});

/** Props that are constructs, which `build` creates. */
const BUILT = ["provider", "cloudfrontProvider"];

function keysIn(data: unknown): string[] {
  if (typeof data !== "object" || data === null || data instanceof Special) return [];
  return Object.entries(data).flatMap(([key, value]) => [key, ...keysIn(value)]);
}

it.each([...propsOfConstructs()])("generates every prop of %s", (construct, props) => {
  const own = [...TARGETS, edgeMonitoring].filter(({ name }) => name.endsWith(kebabCase(construct)));
  const { seed } = fuzzSettings(1);
  const generated = new Set(own.flatMap(({ data }) => keysIn(fc.sample(data, { seed, numRuns: 100 }))));
  expect(props.filter((prop) => !generated.has(prop) && !BUILT.includes(prop))).toEqual([]);
});

[...TARGETS, edgeMonitoring].forEach(itSurvives);
