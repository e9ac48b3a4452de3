import { App, TerraformStack } from "cdktf";
import { ConfigurationError } from "../../../../modules/core";
import { synthesize } from "../../../helpers/synth";
import { type Maker, MAKERS } from "../makers";

type Props = Readonly<Record<string, unknown>>;

/** Input of one kind that is refused: what is wrong, the construct, the changed props, and each problem's prop and code. */
export type Refused = readonly [what: string, maker: Maker, changes: object, ...problems: string[]];

/** Input of the same kind that is legitimate, although a careless check would refuse it. */
export type Accepted = readonly [what: string, maker: Maker, changes: Props | (() => Props)];

/** Registers a test for each refused and each accepted input of one kind. */
export function itChecks(kind: string, refused: readonly Refused[], accepted: readonly Accepted[]): void {
  describe(kind, () => {
    it.each(refused.map((row) => [row[0], row[1], row] as const))(
      "refuses %s (%s)",
      (_, maker, [, , changes, ...problems]) => {
        expect(problemsOf((stack) => void MAKERS[maker](stack, changes))).toEqual(problems);
      },
    );

    it.each(accepted.map((row) => [row[0], row[1], row] as const))("accepts %s (%s)", (_, maker, [, , changes]) => {
      const props = () => (typeof changes === "function" ? changes() : changes);
      expect(() => synthesize((stack) => void MAKERS[maker](stack, props()))).not.toThrow();
    });
  });
}

/** Returns the prop and the code of each problem. */
export function problemsOf(build: (stack: TerraformStack) => void): string[] {
  try {
    build(new TerraformStack(new App(), "test"));
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems.map(({ prop, code }) => `${prop} ${code}`);
    throw error;
  }
  return [];
}
