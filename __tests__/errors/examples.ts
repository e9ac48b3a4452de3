import { inspect } from "node:util";
import { App, TerraformStack } from "cdktf";
import { ConfigurationError } from "../../modules/core";
import { describeProblem } from "../../modules/core/problem";
import { balancer } from "../modules/bad-inputs/balancer";
import { data } from "../modules/bad-inputs/data";
import { edge } from "../modules/bad-inputs/edge";
import { MAKERS } from "../modules/bad-inputs/makers";
import { network } from "../modules/bad-inputs/network";
import { operations } from "../modules/bad-inputs/operations";
import { service } from "../modules/bad-inputs/service";

export interface Example {
  readonly input: string;
  readonly message: string;
  readonly remedy: string;
}

/** The first example of each code among the bad inputs, each of which is run. */
export function collectExamples(): ReadonlyMap<string, Example> {
  const examples = new Map<string, Example>();
  for (const [, , maker, changes] of [...network, ...service, ...balancer, ...data, ...operations, ...edge]) {
    const error = refuse(() => void MAKERS[maker](new TerraformStack(new App(), "test"), changes));
    for (const problem of error.problems) {
      if (examples.has(problem.code)) continue;
      const input = `${maker} with ${inspect(changes, { depth: 4, breakLength: Number.POSITIVE_INFINITY })}`;
      examples.set(problem.code, { input, message: describeProblem(error.path, problem), remedy: problem.remedy });
    }
  }
  return examples;
}

function refuse(build: () => void): ConfigurationError {
  try {
    build();
  } catch (error) {
    if (error instanceof ConfigurationError) return error;
    throw error;
  }
  throw new Error("expected a refusal, but the build went through");
}
