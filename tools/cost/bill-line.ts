import { type Confidence } from "../prices/price-file";

/** `fixed` does not depend on the load; `usage` grows with it. */
export type Kind = "fixed" | "usage";

/** One row of the bill. */
export interface BillLine {
  readonly address: string;
  readonly type: string;
  readonly module: string;
  /** What is paid for: `vCPU of 2 tasks`. */
  readonly item: string;
  readonly kind: Kind;
  readonly quantity: number;
  readonly unit: string;
  readonly unitUsd: number;
  readonly confidence: Confidence;
  /** US cents a month, rounded, so that totals are sums of the rows shown. */
  readonly cents: number;
}

/** Something that costs money and has no price in the list; it is listed instead of counted as zero. */
export interface Unpriced {
  readonly address: string;
  readonly module: string;
  readonly item: string;
  readonly reason: string;
}
