/** A message rate and whether the service kept up with it. */
export interface Trial {
  readonly ratePerSec: number;
  readonly keptUp: boolean;
}

export interface Search {
  /** Messages per second of the first trial. */
  readonly from: number;
  /** Ratio of each trial's rate to the previous one (above 1), until a rate is too high. */
  readonly factor: number;
  /** Number of times that the interval between the highest good and the lowest bad rate is halved. */
  readonly halvings: number;
  /** Highest rate of any trial; above it the generator itself would be the limit. */
  readonly most: number;
}

/**
 * Searches for the highest rate that a service keeps up with: raises the rate until it is too high, then bisects.
 *
 * @returns all trials in order; the knee is the one with the highest rate that the service kept up with
 */
export async function findKnee<T extends Trial>(
  trial: (ratePerSec: number) => Promise<T>,
  { from, factor, halvings, most }: Search,
): Promise<{ readonly trials: readonly T[]; readonly knee: T | undefined; readonly reachedEnd: boolean }> {
  const trials: T[] = [];
  const attempt = async (rate: number): Promise<T> => {
    const made = await trial(Math.round(rate));
    trials.push(made);
    return made;
  };
  let good: T | undefined;
  let bad: T | undefined;
  for (let rate = from; bad === undefined && rate <= most; rate *= factor) {
    const made = await attempt(rate);
    if (made.keptUp) good = made;
    else bad = made;
  }
  for (let halving = 0; good !== undefined && bad !== undefined && halving < halvings; halving++) {
    const made: T = await attempt((good.ratePerSec + bad.ratePerSec) / 2);
    if (made.keptUp) good = made;
    else bad = made;
  }
  return { trials, knee: good, reachedEnd: bad === undefined };
}
