import { readFileSync } from "node:fs";
import { dev } from "../../../environments/dev";
import { clients } from "../../helpers/aws-clients";
import { type Applied, describeDeployedEnvironment } from "../../helpers/deployed-environment";
import { removeRun, runProgram, stackFile } from "../../helpers/run-program";
import { TerraformRoot } from "../../helpers/terraform-root";

describe("dev, applied by the real Terraform", () => {
  const run = runProgram("main.ts", { STATE_BACKEND: "local" });
  const file = stackFile(run, "messenger-crm-dev");
  let applied: Applied;

  beforeAll(async () => {
    const root = await TerraformRoot.applied(file);
    applied = { root, aws: clients(root.simulator.endpoint), json: readFileSync(file, "utf8") };
  });

  afterAll(async () => {
    await applied?.root.dispose();
    removeRun(run);
  });

  describeDeployedEnvironment(dev, () => applied);

  it("is destroyed completely", async () => {
    expect(await applied.root.destroy()).toEqual([]);
  });
});
