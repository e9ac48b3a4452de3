import { mkdirSync, mkdtempSync, existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { prepareWorkspace } from "../../../tools/simulator/workspace";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "workspace-"));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function stack(name: string, text: string): void {
  mkdirSync(join(folder, "out/stacks", name), { recursive: true });
  writeFileSync(join(folder, "out/stacks", name, "cdk.tf.json"), text);
}

test("copies the JSON byte for byte and removes the state of an earlier run", () => {
  const text = '{ "terraform":   {"backend": {"s3": {}}} }\n\n';
  stack("dev", text);
  mkdirSync(join(folder, "root/dev"), { recursive: true });
  writeFileSync(join(folder, "root/dev/terraform.tfstate"), "stale");
  const workspace = prepareWorkspace(join(folder, "out"), "dev", join(folder, "root"));
  expect(readFileSync(join(workspace.folder, "cdk.tf.json"), "utf8")).toBe(text);
  expect(existsSync(workspace.stateFile)).toBe(false);
  const override = readFileSync(join(workspace.folder, "simulator_override.tf.json"), "utf8");
  expect(JSON.parse(override)).toEqual({ terraform: { backend: { local: { path: "terraform.tfstate" } } } });
});

test("an unknown stack is an error that names the known ones", () => {
  stack("dev", "{}");
  const prepare = (): unknown => prepareWorkspace(join(folder, "out"), "staging", join(folder, "root"));
  expect(prepare).toThrow(/stack staging: expected .*cdk\.tf\.json, which does not exist\. Known stacks: dev\./);
});
