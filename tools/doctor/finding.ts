/** `error`: users are affected, or will be at the next failure. `warning`: nobody is yet. */
export type Severity = "error" | "warning";

/** What is wrong, for a person who has never seen this environment. */
export interface Problem {
  readonly severity: Severity;
  /** One sentence. */
  readonly what: string;
  /** What AWS answered, with the names to look for. Never a secret's value. */
  readonly evidence: string;
  /** What users or operators notice. */
  readonly impact: string;
  /** What to do, with the command where there is one. */
  readonly remedy: string;
}

export interface Finding extends Problem {
  readonly check: string;
}

/** How one check ended. Only `healthy` says that nothing is wrong. */
export type Outcome =
  | { readonly check: string; readonly state: "healthy" }
  | { readonly check: string; readonly state: "findings"; readonly findings: readonly Finding[] }
  /** AWS or a name server did not answer; `action` is the permission that is needed, or the question. */
  | { readonly check: string; readonly state: "not checked"; readonly action: string; readonly why: string }
  | { readonly check: string; readonly state: "does not apply"; readonly why: string };
