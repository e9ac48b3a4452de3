import { prod } from "../../environments/prod";
import { expectNoProblems, judgeStack } from "../../tools/judges/judge-stack";
import { type Json } from "../../tools/terraform/json";
import { synthesizedEnvironment } from "../helpers/synthesized-environment";

let text: string;

beforeAll(() => {
  text = synthesizedEnvironment(prod).text;
});

const judged = (changed: string) => judgeStack("crm", JSON.parse(changed) as Json);

/** The message of the error, after a text in the stack was replaced. */
async function messageAfter(search: string, replacement: string): Promise<string> {
  expect(text).toContain(search);
  const judgement = await judged(text.replaceAll(search, replacement));
  try {
    expectNoProblems(judgement, "crm");
  } catch (error) {
    return (error as Error).message;
  }
  return "no problem";
}

it("counts what it judges of prod, and finds no problem", async () => {
  const { iam, metrics } = await judged(text);
  expect([...iam.problems, ...metrics.problems]).toEqual([]);
  expect(iam.statements).toBeGreaterThan(15);
  expect(iam.calls).toBeGreaterThan(100);
  expect(metrics.metrics).toBeGreaterThan(60);
  expect(metrics.expressions).toBeGreaterThan(5);
});

it("judges a stack of any account and region", async () => {
  const { accountId, region } = prod;
  const moved = text.replaceAll(accountId, "210987654321").replaceAll(region, "eu-west-1");
  expect(moved).not.toBe(text);
  expect((await judged(moved)).iam.problems).toEqual([]);
});

it.each<[string, string, string, RegExp]>([
  [
    "an action that does not exist",
    "ecr:BatchGetImage",
    "ecr:BatchGetImages",
    /^IAM: aws_iam_role_policy\.service_execution-policy_\w+: no action ecr:BatchGetImages$/m,
  ],
  [
    "a call that nobody granted",
    "logs:PutLogEvents",
    "logs:PutMetricFilter",
    /^IAM: ECS starts app: logs:PutLogEvents .* expected to be allowed$/m,
  ],
  [
    "a metric that does not exist",
    '"HTTPCode_ELB_5XX_Count"',
    '"HTTPCode_ELB_5xx"',
    /^metrics: monitoring_\S+: AWS\/ApplicationELB has no metric HTTPCode_ELB_5xx \(https:/m,
  ],
  [
    "a role that nobody is known to assume",
    "flow-log-role",
    "backup-role",
    /^IAM: not judged: role \S+: nobody is known to assume it$/m,
  ],
])("names the place of %s", async (_, search, replacement, problem) => {
  const message = await messageAfter(search, replacement);
  expect(message).toMatch(/^crm: policies or metrics are not what AWS's references say/);
  expect(message).toMatch(problem);
});
