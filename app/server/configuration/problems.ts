/** Exit code for a configuration that cannot work. Source: sysexits.h, EX_CONFIG. */
export const EXIT_CONFIGURATION = 78;

export interface Problem {
  /** Name of the variable. */
  readonly variable: string;
  /** What would have been right; never the value that came, which may be a secret. */
  readonly expected: string;
}

/** Every variable that is wrong or missing, at once. */
export class ConfigurationError extends Error {
  override readonly name = "ConfigurationError";

  constructor(readonly problems: readonly Problem[]) {
    super(problems.map(({ variable, expected }) => `${variable}: expected ${expected}`).join("\n"));
  }
}
