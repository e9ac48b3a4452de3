import { removeRun, runProgram, stackFile } from "../../helpers/main-program";
import { TerraformRoot } from "../../helpers/terraform-root";

jest.setTimeout(300_000);

// behind-cloudfront is applied, in edge/.
it.each(["minimal", "existing-vpc", "complete"])("example %s validates and plans", async (example) => {
  const run = runProgram(`examples/${example}/main.ts`);
  const root = await TerraformRoot.init(stackFile(run, example));
  try {
    await root.validate();
    const { changes } = await root.plan();
    expect(changes).toMatchObject({ change: 0, remove: 0 });
    expect(changes.add).toBeGreaterThan(15);
  } finally {
    await root.dispose();
    removeRun(run);
  }
});
