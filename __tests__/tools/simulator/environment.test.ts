import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { exportLines, simulatorVariables } from "../../../tools/simulator/environment";

const AWS = { endpoint: "http://127.0.0.1:40000", region: "ap-northeast-1" };
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "environment-"));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

test("the AWS configuration is an empty file", () => {
  const variables = simulatorVariables(AWS, folder, undefined);
  expect(variables["AWS_ENDPOINT_URL"]).toBe(AWS.endpoint);
  for (const name of ["AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE"]) {
    expect(readFileSync(variables[name] ?? "", "utf8")).toBe("");
  }
});

test("the Terraform CLI configuration installs the mirror's providers from the mirror", () => {
  const mirror = join(folder, "mirror");
  mkdirSync(join(mirror, "registry.terraform.io/hashicorp/aws"), { recursive: true });
  const text = readFileSync(simulatorVariables(AWS, folder, mirror)["TF_CLI_CONFIG_FILE"] ?? "", "utf8");
  expect(text).toContain(`path    = "${mirror}"`);
  expect(text).toContain('exclude = ["registry.terraform.io/hashicorp/aws"]');
});

test("without a mirror the provider is cached", () => {
  const text = readFileSync(simulatorVariables(AWS, folder, undefined)["TF_CLI_CONFIG_FILE"] ?? "", "utf8");
  expect(text).toContain("plugin_cache_dir");
  expect(text).not.toContain("provider_installation");
});

test("export lines are safe to eval", () => {
  expect(exportLines({ A: "x y", B: "it's" })).toBe("export A='x y'\nexport B='it'\\''s'");
});

test("replaces the configuration in one step, since another Terraform may be reading it", () => {
  const file = simulatorVariables(AWS, folder, undefined)["TF_CLI_CONFIG_FILE"] ?? "";
  const first = statSync(file).ino;
  simulatorVariables(AWS, folder, undefined);
  expect(statSync(file).ino).not.toBe(first);
  expect(readdirSync(folder).filter((name) => name.startsWith("terraform.rc"))).toEqual(["terraform.rc"]);
});
