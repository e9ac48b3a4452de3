import { renderSummary } from "../../../tools/up/summary";
import { type StackResult } from "../../../tools/up/summary";

function result(stack: string, resourcesByModule: Record<string, number>): StackResult {
  return {
    stack,
    accountId: "111122223333",
    resources: Object.values(resourcesByModule).reduce((sum, count) => sum + count, 0),
    resourcesByModule,
    seconds: { apply: 90, total: 110 },
    secondPlan: "no changes",
    apiModels: { requests: 100, operations: ["ecs:CreateService", `wafv2:Create${stack}`] },
    judgement: {
      iam: { statements: 20, calls: 120, problems: [] },
      metrics: { metrics: 70, expressions: 8, ofTheApp: 9, problems: [] },
    },
    destroyed: false,
    jsonFolder: `/project/cdktf.out/stacks/${stack}`,
    stateFile: `/project/.simulator/${stack}/terraform.tfstate`,
  };
}

const STACKS = [result("crm-dev", { network: 20, cache: 3 }), result("crm-prod", { network: 24 })];

test("shows the environments side by side", () => {
  const text = renderSummary({ seconds: 120, stacks: STACKS, failures: [] }, "/project");
  expect(text.split("\n\n")[0]?.split("\n")).toEqual([
    "resources         crm-dev      crm-prod",
    "---------------------------------------",
    "cache                   3             -",
    "network                20            24",
    "---------------------------------------",
    "total                  23            24",
    "second plan    no changes    no changes",
    "account      111122223333  111122223333",
    "apply                90 s          90 s",
    "total time          110 s         110 s",
  ]);
});

test("prints where to find the results and what to do next", () => {
  const text = renderSummary({ seconds: 120, stacks: STACKS, failures: [] }, "/project");
  expect(text).toContain("  Terraform JSON  cdktf.out/stacks/crm-dev/cdk.tf.json\n");
  expect(text).toContain("  state           .simulator/crm-dev/terraform.tfstate\n");
  expect(text).toContain("  npm run synth\n  terraform -chdir=cdktf.out/stacks/crm-prod init && ");
  expect(text).toContain("  make bootstrap\n  make image ENV=crm-prod\n  make deploy ENV=crm-prod IMAGE=");
  expect(text).toContain("200 requests of 3 operations were held against AWS's API models");
  expect(text).toContain(
    "\n40 statements of IAM, key, bucket and topic policies were held against AWS's service authorization reference, and 240 calls were decided by them: all as they should be.\n",
  );
  expect(text).toContain(
    "\n140 metrics and 16 expressions of alarms, dashboards and scaling policies were held against AWS's pages: all exist. 18 more are the application's own.\n",
  );
  expect(text).toMatch(/47 resources in 2 stacks .* in 120 s; every second plan was empty/);
});

test("a failure is shown in full and decides the verdict", () => {
  const failures = [{ stack: "crm-prod", message: "terraform apply failed\n\nError: no" }];
  const text = renderSummary({ seconds: 60, stacks: [STACKS[0] as StackResult], failures }, "/project");
  expect(text).toContain("FAILED crm-prod\n\n  terraform apply failed\n\n  Error: no");
  expect(text).toMatch(/1 of 2 stacks failed after 60 s\.$/);
  expect(renderSummary({ seconds: 1, stacks: [], failures }, "/project")).toMatch(/^FAILED crm-prod/);
});
