import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseOptions } from "../../../tools/verify-aws/options";
import { throwawayName } from "../../../tools/verify-aws/place";
import { RunFolder } from "../../../tools/verify-aws/run-folder";
import { RECORD } from "./run";

let root: string;
beforeEach(() => (root = mkdtempSync(join(tmpdir(), "verify-aws-"))));
afterEach(() => rmSync(root, { recursive: true, force: true }));

describe("the folder of a run", () => {
  it("is opened as it was left", () => {
    RunFolder.create(root, RECORD).update({ image: "0.1.0" });
    expect(RunFolder.open(join(root, RECORD.stack)).record).toEqual({ ...RECORD, image: "0.1.0" });
  });

  it("is never that of another run", () => {
    RunFolder.create(root, RECORD);
    expect(() => RunFolder.create(root, RECORD)).toThrow("expected no folder of this name");
  });

  it.each([
    ["has no record", undefined, "expected the folder of an earlier run"],
    ["has something else", "{}", "expected the record of a run"],
    ["has no JSON", "no", "expected the record of a run"],
  ])("is refused when it %s", (_, text, message) => {
    if (text !== undefined) writeFileSync(join(root, "run.json"), text);
    expect(() => RunFolder.open(root)).toThrow(message);
  });
});

it("chooses names that an environment may have, each another one", () => {
  const names = Array.from({ length: 200 }, throwawayName);
  expect(new Set(names).size).toBe(200);
  expect(names.filter((name) => !/^verify[a-z0-9]{6}$/.test(name))).toEqual([]);
});

describe("the command line", () => {
  it.each([
    ["both ways to go on", ["--resume", "a", "--destroy-only", "a"], "got both"],
    ["a repository without an image", ["--repository", "crm"], "got no image"],
    ["another image for an earlier run", ["--resume", "a", "--image", "b"], "expected the folder alone"],
    ["an unknown option", ["--keep"], "--keep"],
  ])("refuses %s", (_, args, message) => {
    expect(() => parseOptions(args, {})).toThrow(message);
  });

  it("takes the region from the environment variables", () => {
    expect(parseOptions([], { AWS_DEFAULT_REGION: "us-east-1" })).toMatchObject({ region: "us-east-1" });
    expect(parseOptions(["--region", "us-east-1"], { AWS_REGION: "eu-west-1" })).toMatchObject({ region: "us-east-1" });
  });

  it("says how an earlier run goes on", () => {
    expect(parseOptions(["--resume", "a"], {})?.earlier).toEqual({ folder: "a", mode: "resume" });
    expect(parseOptions(["--destroy-only", "a"], {})?.earlier).toEqual({ folder: "a", mode: "destroy" });
  });
});
