import { describeProblem, type Problem } from "./problem";

/**
 * Thrown for mistakes in the configuration, with every problem of the construct. Any other error that a construct throws is a
 * bug in this library.
 */
export class ConfigurationError extends Error {
  override readonly name = "ConfigurationError";

  constructor(
    /** Path of the construct, `messenger-crm-prod/network`, or of what the constructs of all problems have in common. */
    readonly path: string,
    readonly problems: readonly Problem[],
  ) {
    super(problems.map((problem) => describeProblem(problem.path ?? path, problem)).join("\n"));
  }
}
