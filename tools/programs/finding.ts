/** The result of a search for a program: the program, or why there is none. */
export type Finding<T> = { readonly found: T } | { readonly missing: Missing };

export interface Missing {
  /** What is missing, such as "terraform >= 1.11". */
  readonly what: string;
  /** Each place that was searched, and what was wrong there. */
  readonly looked: readonly string[];
  /** How to get it. */
  readonly remedy: string;
}

/** Renders everything that is missing as one message. */
export function describeMissing(missing: readonly Missing[]): string {
  const parts = missing.map(({ what, looked, remedy }) =>
    [`- ${what}`, ...looked.map((place) => `    looked: ${place}`), `    get it: ${remedy}`].join("\n"),
  );
  return ["Programs that are needed and were not found:", ...parts].join("\n");
}
