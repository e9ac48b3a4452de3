import { removeRun, runProgram, stackFile } from "../../helpers/run-program";
import { TerraformRoot } from "../../helpers/terraform-root";

const run = runProgram("__tests__/programs/patterns.ts", { STATE_BACKEND: "local" });
let root: TerraformRoot;

beforeAll(async () => {
  root = await TerraformRoot.applied(stackFile(run, "messenger-crm-app-runner"));
});
afterAll(async () => {
  await root?.dispose();
  removeRun(run);
});

it("an environment on App Runner plans no change right after the apply", async () => {
  expect(await root.drift()).toEqual([]);
});

it("outputs the records that the owner of the domain has to create", async () => {
  const outputs = await root.outputs();
  expect(outputs["dns_target"]).toMatch(/\.awsapprunner\.com$/);
  expect(JSON.parse(String(outputs["certificate_validation_records"]))).toMatchObject([{ type: "CNAME" }]);
});

it("is destroyed completely", async () => {
  expect(await root.destroy()).toEqual([]);
});
