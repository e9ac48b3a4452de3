import { recordedLike } from "./changes-file";
import { outcomesOf } from "./outcome";
import { type Case, runTransitions, type StepResult } from "./transitions";

/** Registers the tests of cases that run together. */
export function itChanges(cases: readonly Case[]): void {
  let results: ReadonlyMap<string, readonly StepResult[]>;

  beforeAll(async () => {
    results = await runTransitions(cases);
  });

  describe.each(cases)("$name", (one) => {
    it("is applied in one go", () => {
      expect(results.get(one.name)!.flatMap(({ errors }) => errors)).toEqual([]);
    });

    it("destroys nothing that is still in use", () => {
      expect(results.get(one.name)!.flatMap(({ stillInUse }) => stillInUse)).toEqual([]);
    });

    it("creates nothing under a name that is taken", () => {
      expect(results.get(one.name)!.flatMap(({ nameTaken }) => nameTaken)).toEqual([]);
    });

    it("plans no change right after each step", () => {
      expect(results.get(one.name)!.flatMap(({ drift }) => drift)).toEqual([]);
    });

    it("does what docs/changes.md says (to update: UPDATE_CHANGES=1)", () => {
      const outcomes = outcomesOf(one, results.get(one.name)!);
      expect(outcomes).toEqual(recordedLike(outcomes));
    });
  });
}
