import { ratioByRound, type Spread, spread } from "../shared/statistics";
import { type Metric, type Sample } from "./measure";

/** Returns the spread of the ratio of two programs in each round. */
export function pairwiseRatio(ours: readonly Sample[], theirs: readonly Sample[], metric: Metric): Spread {
  return ratioByRound(
    ours.map((sample) => sample[metric]),
    theirs.map((sample) => sample[metric]),
  );
}

export function spreads(samples: readonly Sample[]): Record<Metric, Spread> {
  const of = (metric: Metric) => spread(samples.map((sample) => sample[metric]));
  return { wallMs: of("wallMs"), userMs: of("userMs"), systemMs: of("systemMs"), peakMiB: of("peakMiB") };
}
