import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { listStacks } from "../../../tools/terraform/stacks";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "stacks-"));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function stack(name: string): void {
  mkdirSync(join(folder, "out/stacks", name), { recursive: true });
  writeFileSync(join(folder, "out/stacks", name, "cdk.tf.json"), "{}");
}

test("lists registry stacks first, then by name", () => {
  ["prod", "dev", "crm-registry"].forEach((name) => stack(name));
  mkdirSync(join(folder, "out/stacks/not-a-stack"));
  expect(listStacks(join(folder, "out"))).toEqual(["crm-registry", "dev", "prod"]);
});

test("no stack at all is an error that says what to do", () => {
  expect(() => listStacks(join(folder, "out"))).toThrow(
    /expected at least one stack .* found none\. Run the synth first/,
  );
});
