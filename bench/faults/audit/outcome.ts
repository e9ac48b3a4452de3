import { type Findings } from "./audit";
import { type Bucket, type Percentiles } from "./latency";

/** A measured time and its target. */
export interface Figure {
  readonly what: string;
  readonly gotMs: number;
  readonly atMostMs: number;
}

/** Result of one fault. Times are in milliseconds since the crowd connected. */
export interface Outcome {
  readonly fault: string;
  readonly what: string;
  /** Load average of the machine over the minute before. */
  readonly loadBefore: number;
  readonly written: number;
  readonly acknowledged: number;
  readonly lost: number;
  readonly duplicated: number;
  /** Messages sent more than once because the outcome of the first attempt was unknown. */
  readonly recovered: number;
  /** Delivery latency before the fault. */
  readonly before: Percentiles | undefined;
  /** Delivery latency over the whole run, including the fault. */
  readonly delivery: Percentiles | undefined;
  /** From the end of the fault until all clients were connected and all earlier messages were on every screen. */
  readonly recoveryMs: number;
  readonly faultMs: { readonly begin: number; readonly end: number };
  readonly findings: Findings;
  /** Clients without a connection at the end. */
  readonly away: number;
  /** Tasks that ended unexpectedly. */
  readonly deaths: readonly string[];
  /** A problem that the fault itself detected. */
  readonly problem?: string;
  readonly figures?: readonly Figure[];
  readonly clean: boolean;
  readonly timeline: readonly Bucket[];
}
