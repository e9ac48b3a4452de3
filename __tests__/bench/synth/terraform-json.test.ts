import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { countResources, differences, readStacks } from "../../../bench/synth/terraform-json";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "bench-"));
  mkdirSync(join(folder, "stacks/dev"), { recursive: true });
  writeFileSync(
    join(folder, "stacks/dev/cdk.tf.json"),
    JSON.stringify({
      "//": { metadata: { stackName: "dev" } },
      resource: { aws_vpc: { main: { "//": { metadata: { path: "dev/main" } }, cidr_block: "10.0.0.0/16" } } },
    }),
  );
});

afterEach(() => rmSync(folder, { recursive: true }));

it("reads stacks without cdktf's metadata", () => {
  expect(readStacks(folder)).toEqual([
    { name: "dev", content: { resource: { aws_vpc: { main: { cidr_block: "10.0.0.0/16" } } } } },
  ]);
  expect(countResources(readStacks(folder))).toEqual({ aws_vpc: 1 });
});

it("refuses a folder without stacks", () => {
  expect(() => readStacks(join(folder, "stacks"))).toThrow("Nothing was synthesized to ");
});

describe("differences", () => {
  it("name the place and both values", () => {
    expect(differences({ a: { b: [1, 2], c: "x" } }, { a: { b: [1, 3], d: true } })).toEqual([
      "/a/b: [1,2] is not [1,3]",
      '/a/c: "x" is not nothing',
      "/a/d: nothing is not true",
    ]);
  });

  it("ignore the order of keys", () => {
    expect(differences({ a: 1, b: 2 }, { b: 2, a: 1 })).toEqual([]);
  });
});
