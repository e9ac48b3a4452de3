import { contract } from "../../../app/contract";
import { removeRun, runProgram, stackFile } from "../../helpers/run-program";
import { TerraformRoot } from "../../helpers/terraform-root";

/** Validates a stack of a program and plans it with an empty state. */
async function expectPlan(program: string, stack: string, moreThan = 15): Promise<void> {
  const run = runProgram(program);
  const root = await TerraformRoot.init(stackFile(run, stack));
  try {
    await root.validate();
    const { changes } = await root.plan();
    expect(changes).toMatchObject({ change: 0, remove: 0 });
    expect(changes.add).toBeGreaterThan(moreThan);
  } finally {
    await root.dispose();
    removeRun(run);
  }
}

// behind-cloudfront is applied, in edge/, and three-services beside this file.
it.each(["minimal", "existing-vpc", "complete"])("example %s validates and plans", (example) =>
  expectPlan(`examples/${example}/main.ts`, example),
);

it("example app-runner validates and plans", () => expectPlan("examples/app-runner/main.ts", "app-runner", 3));

it("production behind CloudFront validates and plans", () =>
  expectPlan("__tests__/programs/entrances.ts", `${contract.name}-cloudfront`));
