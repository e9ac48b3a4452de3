/** Gives the same cases in every run, unless FUZZ_SEED is set. */
const DEFAULT_SEED = 20_261_124;

export interface FuzzSettings {
  readonly seed: number;
  /** Cases for each target. */
  readonly runs: number;
}

/**
 * Reads FUZZ_SEED and FUZZ_RUNS, or returns the defaults.
 * @param defaultRuns cases that `make test` has time for
 * @throws Error if a variable is not a whole number
 */
export function fuzzSettings(defaultRuns: number, env: NodeJS.ProcessEnv = process.env): FuzzSettings {
  return {
    seed: wholeNumber("FUZZ_SEED", env["FUZZ_SEED"]) ?? DEFAULT_SEED,
    runs: wholeNumber("FUZZ_RUNS", env["FUZZ_RUNS"]) ?? defaultRuns,
  };
}

function wholeNumber(name: string, text: string | undefined): number | undefined {
  if (text === undefined || text === "") return undefined;
  const number = Number(text);
  if (!Number.isSafeInteger(number) || number < 1)
    throw new Error(`${name}: expected a whole number of at least 1, got "${text}"`);
  return number;
}
