import { describeProblem, type Problem } from "./problem";

/**
 * The one error class for mistakes in the configuration; anything else that a construct throws is a bug of ours.
 * Carries every problem of the construct at once.
 */
export class ConfigurationError extends Error {
  override readonly name = "ConfigurationError";

  constructor(
    /** Path of the construct, `messenger-crm-prod/network`. */
    readonly path: string,
    readonly problems: readonly Problem[],
  ) {
    super(problems.map((problem) => describeProblem(path, problem)).join("\n"));
  }
}
