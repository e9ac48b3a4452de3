import { type Findings } from "./audit";
import { type Bucket, type Percentiles } from "./latency";

/** What a fault has measured, and what it should have been. */
export interface Figure {
  readonly what: string;
  readonly gotMs: number;
  readonly atMostMs: number;
}

/** What came of one fault. Times are in milliseconds since people came. */
export interface Outcome {
  readonly fault: string;
  readonly what: string;
  /** Load average of the machine over the minute before, beside the two cores that it has for all of this. */
  readonly loadBefore: number;
  readonly written: number;
  readonly acknowledged: number;
  readonly lost: number;
  readonly duplicated: number;
  /** Sent more than once, since what became of the first try was not known, and there once. */
  readonly recovered: number;
  /** From writing to the screen of another, while nothing was wrong. */
  readonly before: Percentiles | undefined;
  /** … and over the whole run, what was written during the fault included. */
  readonly delivery: Percentiles | undefined;
  /** From the end of the fault until everybody was back and everything that was written until then was on every screen. */
  readonly recoveryMs: number;
  readonly faultMs: { readonly begin: number; readonly end: number };
  readonly findings: Findings;
  /** Clients without a connection at the end. */
  readonly away: number;
  /** Tasks that ended though nobody ended them. */
  readonly deaths: readonly string[];
  /** What the fault itself found wrong. */
  readonly problem?: string;
  readonly figures?: readonly Figure[];
  readonly clean: boolean;
  readonly timeline: readonly Bucket[];
}
