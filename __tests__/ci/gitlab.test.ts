import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { ROOT } from "../helpers/run-program";
import { syntaxErrors } from "./rules";
import { makeTargets, names, scriptsOf, targetsIn, workflowOf } from "./workflow";

interface GitlabJob {
  readonly stage?: string;
  readonly extends?: string | readonly string[];
  readonly needs?: readonly { readonly job: string }[];
  readonly rules?: readonly { readonly if?: string }[];
  readonly script?: readonly string[];
  readonly before_script?: readonly string[];
  readonly id_tokens?: object;
  readonly environment?: { readonly name: string };
  readonly artifacts?: { readonly paths?: readonly string[] };
}

const text = readFileSync(join(ROOT, "examples/gitlab-ci.yml"), "utf8");
const {
  stages,
  workflow,
  default: defaults,
  variables,
  ...all
} = parse(text, { merge: true }) as {
  readonly stages: readonly string[];
  readonly workflow: { readonly rules: readonly object[] };
  readonly default: { readonly image?: string };
  readonly variables: Readonly<Record<string, string>>;
} & Readonly<Record<string, GitlabJob>>;

const templates = Object.fromEntries(Object.entries(all).filter(([name]) => name.startsWith(".")));
const jobs = Object.entries(all).filter(([name]) => !name.startsWith("."));

/** A job with what it extends. */
function resolved(job: GitlabJob): GitlabJob {
  const bases = [job.extends ?? []].flat().map((name) => {
    const base = templates[name];
    if (base === undefined) throw new Error(`${name} does not exist`);
    return resolved(base);
  });
  return Object.assign({}, ...bases, job) as GitlabJob;
}

const complete = jobs.map(([name, job]) => [name, resolved(job)] as const);

it.each(complete)(
  "%s has a stage, a rule and a script that bash can parse",
  (_, { stage, rules, script = [], before_script: before = [] }) => {
    expect(stages).toContain(stage);
    expect(rules?.length).toBeGreaterThan(0);
    expect(script.length).toBeGreaterThan(0);
    expect(syntaxErrors([[...before, ...script].join("\n")])).toEqual([]);
  },
);

it.each(complete)("%s runs make targets that exist, and needs jobs that exist", (_, { script = [], needs = [] }) => {
  expect(targetsIn(script).filter((target) => !makeTargets.includes(target))).toEqual([]);
  expect(needs.filter(({ job }) => !jobs.some(([name]) => name === job))).toEqual([]);
});

it("has the steps of the GitHub workflows", () => {
  const github = new Set(
    names.flatMap((name) => Object.values(workflowOf(name).jobs).flatMap((job) => targetsIn(scriptsOf(job)))),
  );
  const gitlab = new Set(complete.flatMap(([, { script = [] }]) => targetsIn(script)));
  expect([...gitlab].sort()).toEqual([...github].sort());
});

it("gives no token to merge requests of forks", () => {
  const merge = complete.filter(([, { rules = [], id_tokens: tokens = {} }]) => {
    return (
      Object.keys(tokens).length > 0 &&
      rules.some(({ if: condition = "" }) => condition.includes("merge_request_event"))
    );
  });
  expect(merge.map(([name]) => name)).toEqual(["plan"]);
  for (const [, { rules = [] }] of merge) {
    for (const { if: condition } of rules)
      expect(condition).toContain("$CI_MERGE_REQUEST_SOURCE_PROJECT_ID == $CI_PROJECT_ID");
  }
});

it("deploys dev, then prod, under protected environments", () => {
  const order = complete.flatMap(([, { environment }]) => (environment ? [environment.name] : []));
  expect(order).toEqual(["registry", "dev", "prod"]);
  expect(stages.indexOf("dev")).toBeLessThan(stages.indexOf("prod"));
});

it("uploads reports and variables, never a plan", () => {
  for (const [, { artifacts }] of complete) {
    expect((artifacts?.paths ?? []).filter((path) => path !== "cdktf.out/plan-report.md")).toEqual([]);
  }
});

it("uses the Terraform of the GitHub workflows", () => {
  const apply = readFileSync(join(ROOT, ".github/workflows/apply.yml"), "utf8");
  expect(apply).toContain(`terraform_version: ${variables["TERRAFORM_VERSION"]}\n`);
  expect([workflow.rules.length, defaults.image]).toEqual([2, "node:24-bookworm"]);
});
