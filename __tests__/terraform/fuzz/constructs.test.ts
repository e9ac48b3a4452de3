import * as fc from "fast-check";
import { type Accepted, acceptedCases, shrunk } from "../../fuzz/accepted";
import { TARGETS } from "../../fuzz/arbitraries";
import { Judge } from "../../fuzz/judge";
import { fuzzSettings } from "../../fuzz/settings";
import { TerraformValidator } from "../../helpers/terraform-validator";

/** Cases of each target in `make test`; about half of them are accepted. */
const RUNS = 50;
/** The provider takes seconds for each web ACL: its schema spells out every nesting of statements. */
const WAF_SHARE = 1 / 10;
/** Fewer accepted cases than this in all would say little. */
const LEAST_ACCEPTED_PERCENT = 35;
const NO_LIMIT_MS = 24 * 3_600_000;

const judge = new Judge();
let root: TerraformValidator | undefined;

afterAll(() => {
  root?.dispose();
  judge.close();
});

it(
  "Terraform validates whatever the constructs have accepted",
  async () => {
    root = await TerraformValidator.init();
    const { seed, runs } = fuzzSettings(RUNS);
    const runsOf = (name: string) => (name === "waf" ? Math.ceil(runs * WAF_SHARE) : runs);
    const cases = TARGETS.flatMap((target) => acceptedCases(judge, target, { seed, runs: runsOf(target.name) }));
    expect(cases.length).toBeGreaterThan((TARGETS.length * runs * LEAST_ACCEPTED_PERCENT) / 100);
    const errors = await root.errors(Object.fromEntries(cases.map(({ id, json }) => [id, json])));
    if (errors === undefined) return;
    const bad = cases.find(({ id }) => errors.includes(`${id}.tf.json`) || errors.includes(`${id}_`));
    throw new Error(bad === undefined ? errors : await counterexample(root, bad));
  },
  NO_LIMIT_MS,
);

async function counterexample(validation: TerraformValidator, { id, target, data }: Accepted): Promise<string> {
  const errorsOf = async (given: unknown): Promise<string | undefined> => {
    try {
      const verdict = judge.verdict(target, given, id);
      return verdict.kind === "accepted" ? await validation.errors({ [id]: verdict.json }) : undefined;
    } catch {
      // What is no clean JSON any more is another fault.
      return undefined;
    }
  };
  const smallest = await shrunk(data, async (smaller) => (await errorsOf(smaller)) !== undefined);
  return `${target.name} accepts ${fc.stringify(smallest)}\n\n${await errorsOf(smallest)}`;
}
