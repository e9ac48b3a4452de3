import { mkdirSync, mkdtempSync, existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { listStacks, prepareWorkspace } from "../../../tools/simulator/workspace";

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

test("lists registry stacks first, then by name", () => {
  ["prod", "dev", "crm-registry"].forEach((name) => stack(name, "{}"));
  mkdirSync(join(folder, "out/stacks/not-a-stack"));
  expect(listStacks(join(folder, "out"))).toEqual(["crm-registry", "dev", "prod"]);
});

test("an unknown stack is an error that names the known ones", () => {
  stack("dev", "{}");
  const prepare = (): unknown => prepareWorkspace(join(folder, "out"), "staging", join(folder, "root"));
  expect(prepare).toThrow(/stack staging: expected .*cdk\.tf\.json, which does not exist\. Known stacks: dev\./);
});

test("no stack at all is an error that says what to do", () => {
  expect(() => listStacks(join(folder, "out"))).toThrow(
    /expected at least one stack .* found none\. Run the synth first/,
  );
});
