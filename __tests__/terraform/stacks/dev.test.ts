import { readFileSync } from "node:fs";
import { dev } from "../../../environments/dev";
import { leftoverOf, taggedArns } from "../../../tools/deploy/removal/leftovers";
import { readTarget } from "../../../tools/deploy/target/read-target";
import { clients } from "../../helpers/aws-clients";
import { describeDeployedEnvironment } from "../../helpers/deployed-environment";
import { describeDiagnosedEnvironment, type Diagnosed } from "../../helpers/diagnosed-environment";
import { removeRun, runProgram, stackFile } from "../../helpers/run-program";
import { TerraformRoot } from "../../helpers/terraform-root";

describe("dev, applied by the real Terraform", () => {
  const run = runProgram("main.ts", { STATE_BACKEND: "local" });
  const file = stackFile(run, "messenger-crm-dev");
  let applied: Diagnosed;

  beforeAll(async () => {
    const root = await TerraformRoot.applied(file);
    applied = { root, aws: clients(root.simulator.endpoint), json: readFileSync(file, "utf8"), out: run.outdir };
  });

  afterAll(async () => {
    await applied?.root.dispose();
    removeRun(run);
  });

  describeDeployedEnvironment(dev, () => applied);
  describeDiagnosedEnvironment(dev, () => applied);

  it("is destroyed completely: AWS lists nothing with its tags that is not left by design", async () => {
    const { tags } = readTarget(applied.out, "dev");
    expect((await taggedArns(applied.aws, tags)).length).toBeGreaterThan(20);
    expect(await applied.root.destroy()).toEqual([]);
    const left = (await taggedArns(applied.aws, tags)).map(leftoverOf);
    expect(left.filter(({ why }) => why === undefined)).toEqual([]);
  });
});
