import { findKnee, type Search, type Trial } from "../../../bench/load/knee";

const SEARCH: Search = { from: 50, factor: 2, halvings: 3, most: 1000 };

/** A service that keeps up with rates up to its capacity. */
function holds(capacity: number) {
  return (ratePerSec: number): Promise<Trial> => Promise.resolve({ ratePerSec, keptUp: ratePerSec <= capacity });
}

const ratesOf = ({ trials }: { trials: readonly Trial[] }): number[] => trials.map(({ ratePerSec }) => ratePerSec);

describe("the search for the knee", () => {
  it("raises the rate until it is too high, then bisects", async () => {
    const found = await findKnee(holds(330), SEARCH);
    expect(ratesOf(found)).toEqual([50, 100, 200, 400, 300, 350, 325]);
    expect(found).toMatchObject({ knee: { ratePerSec: 325 }, reachedEnd: false });
  });

  it("finds no knee if the lowest rate is too high", async () => {
    const found = await findKnee(holds(10), SEARCH);
    expect(ratesOf(found)).toEqual([50]);
    expect(found).toMatchObject({ knee: undefined, reachedEnd: false });
  });

  it("reports when no rate was too high", async () => {
    const found = await findKnee(holds(5000), SEARCH);
    expect(ratesOf(found)).toEqual([50, 100, 200, 400, 800]);
    expect(found).toMatchObject({ knee: { ratePerSec: 800 }, reachedEnd: true });
  });

  it("rounds rates to whole messages per second", async () => {
    const found = await findKnee(holds(5000), { ...SEARCH, factor: 1.5, most: 120 });
    expect(ratesOf(found)).toEqual([50, 75, 113]);
  });
});
