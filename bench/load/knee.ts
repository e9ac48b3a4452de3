/** A rate and whether the service kept up with it. */
export interface Trial {
  readonly ratePerSec: number;
  readonly keptUp: boolean;
}

export interface Search {
  /** Messages a second of the first trial. */
  readonly from: number;
  /** Each trial's rate by that of the one before, above 1, until one is too much. */
  readonly factor: number;
  /** Times that the gap between the last rate that went well and the first that did not is halved. */
  readonly halvings: number;
  /** No trial goes beyond it: a generator that cannot do more would be measured instead. */
  readonly most: number;
}

/**
 * The highest rate that a service keeps up with, by trials: up by steps until one is too much, then by halves.
 *
 * @returns all trials in the order in which they were made; the knee is the highest that was kept up with
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
