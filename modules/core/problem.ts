/** Stable name of one kind of mistake, `network/zone-count`: the module, then what is wrong, in kebab-case. */
export type ProblemCode = `${string}/${string}`;

/** One mistake in a construct's props. */
export interface Problem {
  /** The kind of mistake, as listed in docs/errors.md. */
  readonly code: ProblemCode;
  /**
   * Path of the construct.
   * @default the path of the error
   */
  readonly path?: string | undefined;
  /** Name of the prop, dotted where nested: `healthCheck.timeoutSec`. */
  readonly prop: string;
  /** What would have been right: a range, a list, a format. */
  readonly expected: string;
  /** What was given, shortened; never a secret value. */
  readonly got: string;
  /** One sentence: what to do. */
  readonly remedy: string;
}

/** What docs/errors.md says about one code. */
export interface ProblemExplanation {
  /** One sentence: what is wrong. */
  readonly summary: string;
  /** Why it is refused, with the source of a fact from outside. */
  readonly why: string;
}

/** Every code of one module with its explanation; each module has one in `validation/problems.ts`. */
export type ProblemCatalogue = Readonly<Record<ProblemCode, ProblemExplanation>>;

/** A policy violation has no code; the policy has an id. */
type DescribedProblem = Omit<Problem, "code" | "path"> & Partial<Pick<Problem, "code">>;

/** Formats a problem as one line. It ends in the code, which docs/errors.md explains. */
export function describeProblem(path: string, { code, prop, expected, got, remedy }: DescribedProblem): string {
  const line = `[${path}] ${prop}: expected ${expected}, got ${got}. ${remedy}`;
  return code === undefined ? line : `${line} (${code})`;
}
