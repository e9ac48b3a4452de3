import { type Metric, type Sample } from "./measure";

export interface Spread {
  readonly min: number;
  readonly median: number;
  readonly max: number;
}

export function spread(values: readonly number[]): Spread {
  if (values.length === 0) throw new Error("spread: expected at least one value, got none.");
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const median = sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
  return { min: sorted[0]!, median, max: sorted.at(-1)! };
}

/** Ratio of the two programs in each round: noise that lasts longer than a round falls out. */
export function pairwiseRatio(ours: readonly Sample[], theirs: readonly Sample[], metric: Metric): Spread {
  if (ours.length !== theirs.length) {
    throw new Error(`pairwiseRatio: expected as many samples of both, got ${ours.length} and ${theirs.length}.`);
  }
  return spread(ours.map((sample, round) => sample[metric] / theirs[round]![metric]));
}

export function spreads(samples: readonly Sample[]): Record<Metric, Spread> {
  const of = (metric: Metric) => spread(samples.map((sample) => sample[metric]));
  return { wallMs: of("wallMs"), userMs: of("userMs"), systemMs: of("systemMs"), peakMiB: of("peakMiB") };
}
