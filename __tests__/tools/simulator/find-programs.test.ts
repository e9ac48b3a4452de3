import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findPrograms } from "../../../tools/simulator/find-programs";
import { findProviderMirror, providersIn } from "../../../tools/terraform/find-provider-mirror";
import { findTerraform } from "../../../tools/terraform/find-terraform";
import { SimulatorError } from "../../../tools/simulator/errors";

/** A folder with fake programs, and an environment in which nothing else is installed. */
let folder: string;
let env: NodeJS.ProcessEnv;

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "discovery-")));
  env = { PATH: join(folder, "bin"), HOME: join(folder, "home") };
  mkdirSync(join(folder, "bin"));
  mkdirSync(join(folder, "home"));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function program(path: string, prints: string): string {
  const file = join(folder, path);
  mkdirSync(join(file, ".."), { recursive: true });
  writeFileSync(file, `#!/bin/sh\necho '${prints}'\n`);
  chmodSync(file, 0o755);
  return file;
}

function terraform(path: string, version: string): string {
  return program(path, JSON.stringify({ terraform_version: version }));
}

function python(path: string, motoVersion: string): string {
  const file = join(folder, path);
  return program(path, JSON.stringify({ path: file, motoVersion }));
}

const failureOf = async (): Promise<Error> => {
  const result = await findPrograms(env, join(folder, "venv")).catch((error: unknown) => error);
  expect(result).toBeInstanceOf(SimulatorError);
  return result as Error;
};

test("names everything that is missing in one error, with places and remedies", async () => {
  const { message } = await failureOf();
  expect(message).toContain("- terraform >= 1.11\n");
  expect(message).toContain("looked: TERRAFORM_BIN is not set\n");
  expect(message).toContain("looked: PATH has no terraform\n");
  expect(message).toContain("- a Python that can import moto (with its server)\n");
  expect(message).toContain("looked: PATH has no python3\n");
  expect(message).toMatch(/get it: install Terraform 1\.11 or newer/);
  expect(message).toMatch(/get it: pip install -r \S*tools\/simulator\/requirements\.txt \(moto 5\.2\.1\)/);
});

test("finds programs on PATH with an empty home", async () => {
  terraform("bin/terraform", "1.12.0");
  python("bin/python3", "5.2.1");
  const found = await findPrograms(env);
  expect(found.terraform).toEqual({ path: join(folder, "bin/terraform"), version: "1.12.0" });
  expect(found.python).toEqual({ path: join(folder, "bin/python3"), motoVersion: "5.2.1" });
});

test("overrides win over PATH", async () => {
  terraform("bin/terraform", "1.12.0");
  python("bin/python3", "5.2.1");
  const TERRAFORM_BIN = terraform("other/tf", "1.13.1");
  const MOTO_PYTHON = python("other/python", "5.2.1");
  const found = await findPrograms({ ...env, TERRAFORM_BIN, MOTO_PYTHON });
  expect([found.terraform.path, found.python.path]).toEqual([TERRAFORM_BIN, MOTO_PYTHON]);
});

test("an override that does not work is an error", async () => {
  terraform("bin/terraform", "1.12.0");
  const result = await findTerraform({ ...env, TERRAFORM_BIN: "/nowhere/terraform" });
  expect(result).toMatchObject({
    missing: { looked: ["TERRAFORM_BIN=/nowhere/terraform is not a Terraform that runs"] },
  });
});

test("skips a Terraform that is too old", async () => {
  terraform("bin/terraform", "1.10.5");
  const newer = terraform("second/terraform", "1.11.0");
  const old = await findTerraform(env);
  expect(old).toMatchObject({
    missing: {
      looked: [expect.anything(), expect.stringMatching(/is Terraform 1\.10\.5$/), expect.anything()] as unknown[],
    },
  });
  const both = await findTerraform({ ...env, PATH: `${env["PATH"]}:${join(folder, "second")}` });
  expect(both).toEqual({ found: { path: newer, version: "1.11.0" } });
});

test("skips a moto of another version than the pinned one", async () => {
  terraform("bin/terraform", "1.11.4");
  const MOTO_PYTHON = python("other/python", "4.0.0");
  env = { ...env, MOTO_PYTHON };
  const { message } = await failureOf();
  expect(message).toContain(`MOTO_PYTHON=${MOTO_PYTHON} has moto 4.0.0, not 5.2.1`);
  expect(message).not.toContain("- terraform");
});

test("finds the interpreter of moto_server, also through a version manager's shim", async () => {
  terraform("bin/terraform", "1.11.4");
  const behind = python("tools/python3.12", "5.2.1");
  const server = program("bin/moto_server", "");
  writeFileSync(server, `#!${behind}\n`);
  expect((await findPrograms(env)).python.path).toBe(behind);
  writeFileSync(server, "#!/usr/bin/env bash\n");
  const managed = python("versions/3.12.1/bin/python3", "5.2.1");
  expect((await findPrograms(env)).python.path).toBe(managed);
});

test("takes a provider mirror from the override or from Terraform's implied folders", () => {
  const aws = "registry.terraform.io/hashicorp/aws/5.100.0";
  const implied = join(folder, "home/.terraform.d/plugins");
  const override = join(folder, "mirror");
  mkdirSync(join(implied, aws), { recursive: true });
  mkdirSync(join(override, aws), { recursive: true });
  expect(findProviderMirror(env)).toBe(implied);
  expect(findProviderMirror({ ...env, TF_PLUGIN_MIRROR: override })).toBe(override);
  expect(findProviderMirror({ ...env, TF_PLUGIN_MIRROR: join(folder, "empty") })).toBeUndefined();
  expect(providersIn(override)).toEqual(["registry.terraform.io/hashicorp/aws"]);
});
