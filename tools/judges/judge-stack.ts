import { SimulatorError } from "../simulator/errors";
import { type Json } from "../terraform/json";
import { type IamJudgement, judgeIam } from "./iam/problems";
import { judgeMetrics, type MetricJudgement } from "./metrics/problems";

/** What a stack says about AWS, held against AWS's own words. */
export interface StackJudgement {
  readonly iam: IamJudgement;
  readonly metrics: MetricJudgement;
}

/**
 * Holds the policies and metrics of a synthesized stack against AWS's service authorization reference and pages. What cannot be judged,
 * such as a role that nobody is known to assume, is a problem, too.
 */
export async function judgeStack(stack: string, json: Json): Promise<StackJudgement> {
  return {
    iam: await judgeIam(stack, json).catch((error: unknown) => ({
      statements: 0,
      calls: 0,
      problems: [notJudged(error)],
    })),
    metrics: judgeMetrics(json),
  };
}

/** @throws SimulatorError that lists each policy and each alarm, dashboard or scaling policy with what is wrong */
export function expectNoProblems({ iam, metrics }: StackJudgement, label: string): void {
  const problems = [
    ...iam.problems.map((problem) => `IAM: ${problem}`),
    ...metrics.problems.map((problem) => `metrics: ${problem}`),
  ];
  if (problems.length === 0) return;
  throw new SimulatorError(
    `${label}: policies or metrics are not what AWS's references say (expected no difference):\n\n${problems.join("\n")}`,
  );
}

function notJudged(error: unknown): string {
  return `not judged: ${error instanceof Error ? error.message : String(error)}`;
}
