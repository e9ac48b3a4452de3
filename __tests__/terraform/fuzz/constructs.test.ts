import * as fc from "fast-check";
import { type Accepted, acceptedCases, shrink } from "../../fuzz/accepted";
import { TARGETS } from "../../fuzz/arbitraries";
import { Judge } from "../../fuzz/judge";
import { fuzzSettings } from "../../fuzz/settings";
import { TerraformValidator } from "../../helpers/terraform-validator";
import { timeLimitMs } from "../../helpers/time-limits";

/** Cases of each target in `make test`; about half of them are accepted. */
const RUNS = 50;
/** Validating a web ACL takes seconds, because the provider's schema contains every nesting of statements. */
const WAF_SHARE = 1 / 10;
/** With fewer accepted cases the test would prove little. */
const LEAST_ACCEPTED_PERCENT = 35;

const { seed, runs } = fuzzSettings(RUNS);
const judge = new Judge();
let root: TerraformValidator | undefined;

afterAll(() => {
  root?.dispose();
  judge.close();
});

it(
  "Terraform validates every accepted case",
  async () => {
    root = await TerraformValidator.init();
    const runsOf = (name: string) => (name === "waf" ? Math.ceil(runs * WAF_SHARE) : runs);
    const cases = TARGETS.flatMap((target) => acceptedCases(judge, target, { seed, runs: runsOf(target.name) }));
    expect(cases.length).toBeGreaterThan((TARGETS.length * runs * LEAST_ACCEPTED_PERCENT) / 100);
    const errors = await root.errors(Object.fromEntries(cases.map(({ id, json }) => [id, json])));
    if (errors === undefined) return;
    const bad = cases.find(({ id }) => errors.includes(`${id}.tf.json`) || errors.includes(`${id}_`));
    throw new Error(bad === undefined ? errors : await counterexample(root, bad));
  },
  timeLimitMs("terraform") * Math.max(1, runs / RUNS),
);

async function counterexample(validation: TerraformValidator, { id, target, data }: Accepted): Promise<string> {
  const errorsOf = async (given: unknown): Promise<string | undefined> => {
    try {
      const verdict = judge.verdict(target, given, id);
      return verdict.kind === "accepted" ? await validation.errors({ [id]: verdict.json }) : undefined;
    } catch {
      // A case that no longer becomes clean JSON fails for another reason.
      return undefined;
    }
  };
  const smallest = await shrink(data, async (smaller) => (await errorsOf(smaller)) !== undefined);
  return `${target.name} accepts ${fc.stringify(smallest)}\n\n${await errorsOf(smallest)}`;
}
