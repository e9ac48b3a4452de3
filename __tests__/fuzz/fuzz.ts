import * as fc from "fast-check";
import { Judge, type Verdict } from "./judge";
import { timeLimitMs } from "../helpers/time-limits";
import { fuzzSettings } from "./settings";
import { type Target } from "./target";

/** Cases for each target in `make test`. */
const RUNS = 200;
/** With fewer accepted cases only refusals would be tested. */
const LEAST_ACCEPTED_PERCENT = 20;
const LEAST_REFUSED_PERCENT = 10;

/** Registers a test that every case of a target is refused with a ConfigurationError or becomes clean Terraform JSON. */
export function itSurvives(target: Target): void {
  itSurvivesAll(target.name, target.data, (judge, data) => judge.verdict(target, data));
}

/** Registers the same test for other cases, such as whole environments. */
export function itSurvivesAll<T>(
  name: string,
  cases: fc.Arbitrary<T>,
  judgeCase: (judge: Judge, data: T) => Verdict,
  defaultRuns = RUNS,
): void {
  const { seed, runs } = fuzzSettings(defaultRuns);
  it(
    `${name} is refused with a ConfigurationError or becomes clean JSON`,
    () => {
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
    timeLimitMs("unit") * Math.max(1, runs / defaultRuns),
  );
}
