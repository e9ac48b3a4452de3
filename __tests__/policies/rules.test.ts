import { readdirSync } from "node:fs";
import { join } from "node:path";
import { allRules, type Rule } from "../../policies";
import { type TerraformJson } from "../helpers/template";
import { configurationFor, synthesizeBases, violations } from "./bases";
import { blockAt, type Mutation } from "./mutation";
import { ruleCases } from "./rules";
import { addedBlocks } from "./rules/added-blocks";

const PROD = "messenger-crm-prod";
const bases = synthesizeBases();

it.each(Object.entries(bases))("%s violates no rule", (stack, json) => expect(violations(stack, json)).toEqual([]));

describe.each(ruleCases.map((one) => [one.rule, `${one.subject.base}/${one.subject.path}`, one] as const))(
  "%s at %s",
  (rule, path, { subject: { base, type, path: below }, mutation, attribute }) => {
    const changed = (change: Mutation["wrong"]) => {
      const json = structuredClone(bases[base]);
      change(blockAt(json, type, below), json);
      return json;
    };

    it("reports the violation and nothing else", () => {
      const found = violations(base, changed(mutation.wrong));
      expect(found.map((one) => [one.rule, one.resource, one.attribute])).toEqual([[rule, path, attribute]]);
    });

    it("accepts a value that is known only at apply", () => {
      expect(violations(base, changed(mutation.unknown))).toEqual([]);
    });

    it("applies in development only if the rule does", () => {
      const { tiers } = ruleOf(rule);
      const found = violations(base, changed(mutation.wrong), "development");
      expect(found.map((one) => one.rule)).toEqual(tiers.includes("development") ? [rule] : []);
    });
  },
);

describe.each(addedBlocks.map((one) => [one.rule, one] as const))(
  "%s on an added block",
  (rule, { mutation, path, attribute, compliant }) => {
    const changed = (change: (json: TerraformJson) => void) => {
      const json = structuredClone(bases[PROD]);
      change(json);
      return violations(PROD, json).map((one) => [one.rule, one.resource, one.attribute]);
    };
    const violation = [rule, `${PROD}/${path}`, attribute];

    it("reports the violation and nothing else", () => {
      expect(changed((json) => mutation.wrong({}, json))).toEqual([violation]);
    });

    it("accepts a value that is known only at apply", () => {
      const isAlwaysWrong = rule === "vpc-no-security-group-rule";
      expect(changed((json) => mutation.unknown({}, json))).toEqual(isAlwaysWrong ? [violation] : []);
    });

    it("accepts a compliant block", () => expect(changed(compliant)).toEqual([]));
  },
);

describe("every rule", () => {
  it("has a case that violates it", () => {
    const tried = new Set([...ruleCases, ...addedBlocks].map(({ rule }) => rule));
    expect(allRules.map(({ id }) => id).filter((id) => !tried.has(id))).toEqual([]);
  });

  it("has a compliant resource that it checks and accepts", () => {
    const withCompliantBlock = new Set(addedBlocks.map(({ rule }) => rule));
    const configurations = Object.entries(bases).map(([stack, json]) => configurationFor(stack, json));
    const accepts = (rule: Rule) =>
      configurations.some((configuration) =>
        rule.subjects(configuration).some((resource) => rule.find(resource, configuration).length === 0),
      );
    expect(allRules.filter((rule) => !withCompliantBlock.has(rule.id) && !accepts(rule)).map(({ id }) => id)).toEqual(
      [],
    );
  });

  it("has its cases in the file of its service", () => {
    const services = [...new Set(allRules.map(({ id }) => id.split("-")[0]!))];
    const files = readdirSync(join(__dirname, "rules")).map((file) => file.replace(/\.ts$/, ""));
    expect(services.filter((service) => !files.includes(service))).toEqual([]);
  });
});

function ruleOf(id: string): Rule {
  const rule = allRules.find((one) => one.id === id);
  if (!rule) throw new Error(`no rule has the id ${id}`);
  return rule;
}
