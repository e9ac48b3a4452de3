/** Exit code for an invalid configuration. Source: sysexits.h, EX_CONFIG. */
export const EXIT_CONFIGURATION = 78;

export interface Problem {
  /** Name of the variable. */
  readonly variable: string;
  /** What is expected; never contains the value, which may be a secret. */
  readonly expected: string;
}

/** Lists every variable that is invalid or missing. */
export class ConfigurationError extends Error {
  override readonly name = "ConfigurationError";

  constructor(readonly problems: readonly Problem[]) {
    super(problems.map(({ variable, expected }) => `${variable}: expected ${expected}`).join("\n"));
  }
}
