import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { AwsSimulator } from "../../tools/simulator/aws-simulator";
import { findPrograms } from "../../tools/simulator/find-programs";
import { simulatorVariables } from "../../tools/simulator/environment";
import { isolatedEnvironment } from "../../tools/terraform/environment";
import { ROOT } from "../helpers/run-program";
import { shell } from "../helpers/shell";

let simulator: AwsSimulator;
let folder: string;
let env: NodeJS.ProcessEnv;

beforeAll(async () => {
  const { python, terraform, providerMirror } = await findPrograms();
  simulator = await AwsSimulator.start({ python });
  folder = mkdtempSync(join(tmpdir(), "documented-commands-"));
  const variables = simulatorVariables(
    { endpoint: simulator.endpoint, region: "ap-northeast-1" },
    folder,
    providerMirror,
  );
  const path = `${dirname(terraform.path)}:${process.env["PATH"] ?? ""}`;
  env = {
    ...isolatedEnvironment(process.env),
    ...variables,
    PATH: path,
    STATE_BACKEND: "local",
    TF_CLI_ARGS: "-no-color",
    CI: "1",
  };
});

afterAll(async () => {
  await simulator?.stop();
  rmSync(folder, { recursive: true, force: true });
});

it("the README's commands synthesize, validate and plan unchanged", async () => {
  const readme = readFileSync(join(ROOT, "README.md"), "utf8");
  const block = /<!-- tested -->\n\n```sh\nnpm ci\n([^`]+)```/.exec(readme)?.[1];
  expect(block).toContain("terraform");
  // Run in a copy, so that the repository stays unchanged.
  const sources = ["main.ts", "app/contract.ts", "environments", "modules", "policies", "stacks", "tools/synth"];
  sources.push("package.json", "tsconfig.json");
  for (const source of sources) cpSync(join(ROOT, source), join(folder, source), { recursive: true });
  symlinkSync(join(ROOT, "node_modules"), join(folder, "node_modules"));
  const { status, output } = await shell(block!, folder, env);
  if (status !== 0) throw new Error(output);
  expect(output).toContain("Success! The configuration is valid.");
  expect(output).toMatch(/Plan: 1\d\d to add, 0 to change, 0 to destroy\./);
});

it("cdktf synthesizes, deploys and destroys a stack", async () => {
  const out = join(folder, "cli-out");
  const cdktf = (rest: string) => shell(`node_modules/.bin/cdktf ${rest} --output ${out}`, ROOT, env);
  expect(await cdktf("synth")).toMatchObject({
    status: 0,
    output: expect.stringContaining("messenger-crm-prod") as string,
  });
  const deploy = await cdktf("deploy messenger-crm-registry --auto-approve --skip-provider-lock");
  expect(deploy).toMatchObject({ status: 0, output: expect.stringContaining("repository_url") as string });
  const destroy = await cdktf("destroy messenger-crm-registry --auto-approve --skip-provider-lock");
  expect(destroy).toMatchObject({ status: 0, output: expect.stringContaining("2 destroyed") as string });
});
