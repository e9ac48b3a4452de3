import { Construct } from "constructs";
import * as library from "../../modules";
import { TARGETS } from "./arbitraries";
import { edgeMonitoring } from "./arbitraries/monitoring";
import { itSurvives } from "./fuzz";

it("covers every construct of the library", () => {
  const constructs = Object.entries(library).filter(([, value]) => isConstructClass(value));
  const names = constructs.map(([name]) => name.replace(/(?<=[a-z])(?=[A-Z])/g, "-").toLowerCase());
  expect(TARGETS.map(({ name }) => name).sort()).toEqual(names.sort());
});

function isConstructClass(value: unknown): boolean {
  return typeof value === "function" && value.prototype instanceof Construct;
}

[...TARGETS, edgeMonitoring].forEach(itSurvives);
