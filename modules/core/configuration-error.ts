/** One thing that is wrong with a construct's props, in the words of the person who has to mend it. */
export interface Problem {
  /** Name of the prop, dotted where nested: `healthCheck.timeoutSec`. */
  readonly prop: string;
  /** What would have been right: a range, a list, a format. */
  readonly expected: string;
  /** What came, shortened; never a secret value. */
  readonly got: string;
  /** One sentence: what to do. */
  readonly remedy: string;
}

/**
 * The one error class for user mistakes; anything else that a construct throws is our bug.
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

/** The line that a person reads. */
export function describeProblem(path: string, { prop, expected, got, remedy }: Problem): string {
  return `[${path}] ${prop}: expected ${expected}, got ${got}. ${remedy}`;
}
