/** What a search for a program came to: the thing, or why there is none. */
export type Finding<T> = { readonly found: T } | { readonly missing: Missing };

export interface Missing {
  /** What is missing, such as "terraform >= 1.11". */
  readonly what: string;
  /** Each place looked at, and what was wrong there. */
  readonly looked: readonly string[];
  /** How to get it. */
  readonly remedy: string;
}

/** One message for all that is missing, so that a newcomer reads it once. */
export function describeMissing(missing: readonly Missing[]): string {
  const parts = missing.map(({ what, looked, remedy }) =>
    [`- ${what}`, ...looked.map((place) => `    looked: ${place}`), `    get it: ${remedy}`].join("\n"),
  );
  return ["The AWS simulator cannot start. Missing:", ...parts].join("\n");
}
