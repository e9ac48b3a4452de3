import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AwsSimulator } from "../../../tools/simulator/aws-simulator";
import { simulatorVariables } from "../../../tools/simulator/environment";
import { findPrograms } from "../../../tools/simulator/find-programs";
import { isolatedEnvironment } from "../../../tools/terraform/environment";
import { ROOT } from "../../helpers/run-program";

let simulator: AwsSimulator;
let folder: string;
let env: NodeJS.ProcessEnv;

beforeAll(async () => {
  const programs = await findPrograms();
  simulator = await AwsSimulator.start({ python: programs.python });
  folder = mkdtempSync(join(tmpdir(), "deploy-bootstrap-"));
  const place = { endpoint: simulator.endpoint, region: "ap-northeast-1" };
  env = {
    ...isolatedEnvironment(process.env),
    ...simulatorVariables(place, folder, programs.providerMirror),
    TERRAFORM_BIN: programs.terraform.path,
    // A bucket's name in front of the simulator's address has no meaning there.
    TF_CLI_ARGS_init: "-backend-config=use_path_style=true",
  };
});

afterAll(async () => {
  await simulator?.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function bootstrap(...more: readonly string[]) {
  const place = ["--out", join(folder, "out"), "--endpoint", simulator.endpoint, "--repository", "acme/crm"];
  const all = ["--import", "tsx", "tools/deploy/cli.ts", "bootstrap", ...place, ...more];
  const child = spawn(process.execPath, all, { cwd: ROOT, env, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => (output += chunk.toString()));
  await once(child, "close");
  return { code: child.exitCode, output };
}

it("bootstrap prepares an account for all stacks and applies the registry, and changes nothing the second time", async () => {
  const check = await bootstrap("--check");
  expect(check.output).toContain("change  create it in ap-northeast-1");
  expect(check.code).toBe(2);
  const first = await bootstrap("--no-synth", "--yes");
  expect(first.output).toContain("done: state bucket messenger-crm-terraform-state: create it in ap-northeast-1");
  expect(first.output).toContain("done: role ci-messenger-crm-deploy-prod: create it");
  expect(first.output).toContain("done: image repository messenger-crm");
  expect(first.code).toBe(0);
  const second = await bootstrap("--no-synth", "--yes");
  expect(second.output).not.toMatch(/ {2}(change|done|PROBLEM) /);
  expect(second.output).toContain("ok      messenger-crm-registry is applied");
  expect(second.code).toBe(0);
});
