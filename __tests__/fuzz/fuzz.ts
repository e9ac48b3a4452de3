import * as fc from "fast-check";
import { Judge, type Verdict } from "./judge";
import { fuzzSettings } from "./settings";
import { type Target } from "./target";

/** Cases for each target in `make test`. */
const RUNS = 200;
/** Fewer accepted cases than this would be a test of the refusals only. */
const LEAST_ACCEPTED_PERCENT = 20;
const LEAST_REFUSED_PERCENT = 10;
/** No case is the reason that a run ends: a slow machine is as right as a fast one. */
const NO_LIMIT_MS = 24 * 3_600_000;

/** Registers the test of one target: every case is refused by our error class or becomes clean Terraform JSON. */
export function itSurvives(target: Target): void {
  itSurvivesAll(target.name, target.data, (judge, data) => judge.verdict(target, data));
}

/** The same for anything that a judge can judge. */
export function itSurvivesAll<T>(
  name: string,
  cases: fc.Arbitrary<T>,
  judgeCase: (judge: Judge, data: T) => Verdict,
  defaultRuns = RUNS,
): void {
  it(
    `${name} is refused with a ConfigurationError or becomes clean JSON, whatever it is made of`,
    () => {
      const { seed, runs } = fuzzSettings(defaultRuns);
      const count = { accepted: 0, refused: 0 };
      const judge = new Judge();
      const property = fc.property(cases, (data) => {
        count[judgeCase(judge, data).kind]++;
      });
      try {
        fc.assert(property, { seed, numRuns: runs });
      } finally {
        judge.close();
      }
      expect(count.accepted).toBeGreaterThanOrEqual((runs * LEAST_ACCEPTED_PERCENT) / 100);
      expect(count.refused).toBeGreaterThanOrEqual((runs * LEAST_REFUSED_PERCENT) / 100);
    },
    NO_LIMIT_MS,
  );
}
