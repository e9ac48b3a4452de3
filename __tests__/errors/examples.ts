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
import { environmentInputs } from "./environment-examples";

export interface Example {
  readonly input: string;
  readonly message: string;
  readonly remedy: string;
}

/** An input that is refused, as docs/errors.md shows it, and how to run it. */
export interface RefusedInput {
  readonly input: string;
  readonly build: (stack: TerraformStack) => void;
}

/** Runs every bad input and returns the first example of each problem code. */
export function collectExamples(): ReadonlyMap<string, Example> {
  const examples = new Map<string, Example>();
  for (const { input, build } of [...moduleInputs(), ...environmentInputs]) {
    const error = refuse(() => build(new TerraformStack(new App(), "test")));
    for (const problem of error.problems) {
      if (examples.has(problem.code)) continue;
      examples.set(problem.code, { input, message: describeProblem(error.path, problem), remedy: problem.remedy });
    }
  }
  return examples;
}

function moduleInputs(): readonly RefusedInput[] {
  return [...network, ...service, ...balancer, ...data, ...operations, ...edge].map(([, , maker, changes]) => ({
    input: `${maker} with ${inspect(changes, { depth: 4, breakLength: Number.POSITIVE_INFINITY })}`,
    build: (stack) => void MAKERS[maker](stack, changes),
  }));
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
