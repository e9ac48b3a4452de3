/** One thing that an account needs, compared with what it has. */
export interface Finding {
  /** `state bucket crm-state` */
  readonly subject: string;
  /** What is there already. */
  readonly fits: readonly string[];
  /** What is missing or differs, and how to change it, in this order. */
  readonly changes: readonly Change[];
  /** What only a person can change, as sentences. */
  readonly problems: readonly string[];
}

export interface Change {
  /** `versioning: off -> on` */
  readonly what: string;
  readonly make: () => Promise<unknown>;
}

/** Renders a finding: a line for each fact, change and problem. */
export function renderFinding({ subject, fits, changes, problems }: Finding): string {
  return [
    subject,
    ...(fits.length === 0 ? [] : [`  ok      ${fits.join(", ")}`]),
    ...changes.map(({ what }) => `  change  ${what}`),
    ...problems.map((text) => `  PROBLEM ${text}`),
  ].join("\n");
}
