import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ROOT } from "./helpers/run-program";

const PROGRAM = `
const { App, Testing } = require("cdktf");
const whole = require("cdktf-aws-websocket");
const { Network } = require("cdktf-aws-websocket/network");
if (whole.Network !== Network) throw new Error("two copies of one class");
const text = Testing.synthScope((scope) => {
  new Network(scope, "network", { name: "own", availabilityZones: ["us-east-1a", "us-east-1b"] });
});
const { allRules, Configuration, judge, PolicyViolationError } = require("cdktf-aws-websocket/policies");
const json = { resource: { aws_kms_key: { key: {} } } };
try {
  judge([{ configuration: new Configuration("own", json), tier: "development" }]);
} catch (error) {
  if (!(error instanceof PolicyViolationError && error instanceof whole.ConfigurationError)) throw error;
  console.log(allRules.length > 50, error.message);
}
console.log(Object.keys(JSON.parse(text).resource.aws_subnet).length, Object.keys(whole).length > 15);
`;

const VIOLATION =
  "true [own/aws_kms_key.key] enable_key_rotation: expected true, got nothing. Set enable_key_rotation. (rule kms-rotation)";

/** Returns the packages that npm installs together with this one. */
function installedPackages(): string[] {
  const { dependencies, peerDependencies } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as {
    dependencies: Record<string, string>;
    peerDependencies: Record<string, string>;
  };
  return [...Object.keys(dependencies), ...Object.keys(peerDependencies)];
}

it("works compiled, in JavaScript, for a team that has only the package, its dependencies and its peers", () => {
  const home = mkdtempSync(join(tmpdir(), "package-"));
  const modules = join(home, "node_modules");
  const installed = join(modules, "cdktf-aws-websocket");
  try {
    mkdirSync(join(modules, "@cdktf"), { recursive: true });
    for (const name of installedPackages()) {
      symlinkSync(join(ROOT, "node_modules", name), join(modules, name));
    }
    mkdirSync(installed);
    cpSync(join(ROOT, "package.json"), join(installed, "package.json"));
    const compiler = join(ROOT, "node_modules/typescript/bin/tsc");
    const outDir = join(installed, "dist");
    const build = spawnSync(process.execPath, [compiler, "-p", join(ROOT, "tsconfig.build.json"), "--outDir", outDir]);
    expect({ status: build.status, output: String(build.stdout) }).toEqual({ status: 0, output: "" });
    const run = spawnSync(process.execPath, ["-e", PROGRAM], { cwd: home, encoding: "utf8" });
    expect({ stdout: run.stdout, stderr: run.stderr }).toEqual({ stdout: `${VIOLATION}\n6 true\n`, stderr: "" });
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
});
