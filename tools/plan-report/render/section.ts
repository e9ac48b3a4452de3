/** A value or name from the plan, shown as it is. */
export interface Code {
  readonly code: string;
}

/** Text of one line: our own words, and what is quoted from the plan. */
export type Line = readonly (string | Code)[];

/** One row of a section: what it is about, and lines for each further column. */
export interface Row {
  readonly subject: Line;
  readonly cells: readonly (readonly Line[])[];
}

/** One list of a report, in the same order and words on every medium. */
export interface Section {
  readonly title: string;
  /** How loud it is: `caution` for what cannot be undone, `warning` for what users notice. */
  readonly alarm?: "caution" | "warning" | undefined;
  /** Titles of the columns; the first one names what the rows are about. */
  readonly columns: readonly string[];
  readonly rows: readonly Row[];
  /** Whether a comment shows it only when it is opened. */
  readonly isFolded: boolean;
  /** Which rows are kept first when there is no room. */
  readonly rank: number;
  /** Word for the rows: `changes`. */
  readonly noun: string;
}

export const code = (text: string): Code => ({ code: text });
