import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../helpers/run-program";
import { jobs, makeTargets, names, scriptsOf, targetsIn, textOf, WORKFLOWS } from "./workflow";

const page = readFileSync(join(ROOT, "docs/ci.md"), "utf8");
const texts = names.map(textOf);

it("docs/ci.md explains every variable and secret that a reader has to set", () => {
  const used = texts.flatMap((text) => [...text.matchAll(/\b(?:vars|secrets)\.(\w+)/g)].map(([, name = ""]) => name));
  const wanted = [...new Set(used)].sort();
  expect(wanted).toEqual([
    "AWS_DEPLOY_ROLE",
    "AWS_PLAN_ROLE",
    "AWS_REGION",
    "AWS_RELEASE_ROLE",
    "ORIGIN_SECRET",
    "PLAN_ACCEPT",
  ]);
  expect(wanted.filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
});

it("docs/ci.md links to every workflow, and names every environment that protects an apply", () => {
  expect(names.filter((name) => !page.includes(`](../${WORKFLOWS}/${name})`))).toEqual([]);
  const environments = texts.flatMap((text) =>
    [...text.matchAll(/^ {6}environment: (\w+)$/gm)].map(([, name = ""]) => name),
  );
  expect(environments).toEqual(["registry", "dev", "prod"]);
  for (const environment of environments) expect(page).toContain(`\`${environment}\``);
});

it("docs/ci.md lists every step as a make target", () => {
  const steps = new Set(jobs.flatMap(([, job]) => targetsIn(scriptsOf(job))));
  const listed = [...page.matchAll(/`make ([\w-]+)/g)].map(([, target = ""]) => target);
  expect([...steps].filter((target) => !listed.includes(target))).toEqual([]);
  expect(listed.filter((target) => !makeTargets.includes(target))).toEqual([]);
});

it("the GitLab example uses the same variables, and GitLab's token", () => {
  const gitlab = readFileSync(join(ROOT, "examples/gitlab-ci.yml"), "utf8");
  for (const name of ["AWS_PLAN_ROLE", "AWS_RELEASE_ROLE", "AWS_DEPLOY_ROLE", "PLAN_ACCEPT"])
    expect(gitlab).toContain(`$${name}`);
  expect(page).toContain("`GITLAB_TOKEN`");
});
