import { type Confidence } from "../prices/price-file";

/** `fixed` is due whatever happens; `usage` grows with the stated load. */
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
  /** US cents a month, rounded: totals are sums of what is shown. */
  readonly cents: number;
}

/** Something that costs money and that no price stands in the list for. Never silently zero. */
export interface Unpriced {
  readonly address: string;
  readonly module: string;
  readonly item: string;
  readonly reason: string;
}
