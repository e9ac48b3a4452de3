/**
 * How much of the data is lost. `lost`: all of it. `snapshot`: a copy is kept, which nothing uses. `refused`: AWS refuses the deletion, and
 * the apply stops halfway. `unprotected`: nothing yet, but what prevents a loss goes.
 */
export type Severity = "lost" | "snapshot" | "refused" | "unprotected";

/** Data that an apply of the plan destroys, or leaves without protection. */
export interface DataLoss {
  readonly address: string;
  readonly severity: Severity;
  /** What is lost, or why not, as a sentence. */
  readonly what: string;
}

/** A loss whose address is known from its context. */
export type Loss = Omit<DataLoss, "address">;
