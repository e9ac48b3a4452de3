import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chooseStack, chooseStacks } from "../../../tools/ci/choose-stacks";
import { writeOutputs } from "../../../tools/ci/step-output";
import { describeLocation, locationOf } from "../../../tools/ci/stored-plan/location";
import { StoredPlan } from "../../../tools/ci/stored-plan/stored-plan";
import { readFileSync } from "node:fs";

let out: string;

beforeEach(() => (out = mkdtempSync(join(tmpdir(), "stored-plan-"))));
afterEach(() => rmSync(out, { recursive: true, force: true }));

/** Writes a stack with a backend and returns its folder. */
function stack(name: string, backend: object = {}): string {
  const folder = join(out, "stacks", name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "cdk.tf.json"), JSON.stringify({ terraform: { backend } }));
  return folder;
}

const S3 = { s3: { bucket: "state", key: "crm-dev/terraform.tfstate", region: "ap-northeast-1" } };

describe("the place of a plan", () => {
  it("is beside the stack's state", () => {
    const location = locationOf(stack("crm-dev", S3), "17-1", undefined);
    expect(location).toEqual({ bucket: "state", prefix: "crm-dev/plans/17-1", region: "ap-northeast-1" });
    expect(describeLocation(location)).toBe("s3://state/crm-dev/plans/17-1");
  });

  it("is at the top of the bucket for a state there", () => {
    const folder = stack("crm-dev", { s3: { bucket: "state", key: "terraform.tfstate", region: "eu-west-1" } });
    expect(locationOf(folder, "1", undefined).prefix).toBe("plans/1");
  });

  it.each([
    ["s3://plans", "1"],
    ["s3://plans/", "1"],
    ["s3://plans/a/b", "a/b/1"],
    ["s3://plans/a/b/", "a/b/1"],
  ])("may be %s", (store, prefix) => {
    expect(locationOf(stack("crm-dev"), "1", store)).toEqual({ bucket: "plans", prefix, region: undefined });
  });

  it.each(["plans", "https://plans", "s3://", "s3://Plans"])("cannot be %s", (store) => {
    expect(() => locationOf(stack("crm-dev"), "1", store)).toThrow(/^--store: expected s3:\/\/bucket or/);
  });

  it.each(["", "../other", "a b", "$(id)", "x".repeat(101)])("takes no id like %j", (id) => {
    expect(() => locationOf(stack("crm-dev", S3), id, undefined)).toThrow(/^--id: expected letters, digits/);
  });

  it("is asked for when the state is a local file", () => {
    const folder = stack("crm-dev", { local: { path: "terraform.tfstate" } });
    expect(() => locationOf(folder, "1", undefined)).toThrow(
      "expected a state in S3, whose bucket also keeps the plan, found none. Pass --store",
    );
  });
});

it("stores nothing when there is no plan", async () => {
  const folder = stack("crm-dev", S3);
  const stored = new StoredPlan(locationOf(folder, "1", undefined), {});
  await expect(stored.save(folder)).rejects.toThrow("expected a saved plan, found no file. Run make ci-plan first.");
});

describe("the stacks that are meant", () => {
  beforeEach(() => ["crm-dev", "crm-prod", "crm-registry"].forEach((name) => stack(name)));

  it("are all without a name, or those of the names", () => {
    expect(chooseStacks(out, [])).toEqual(["crm-registry", "crm-dev", "crm-prod"]);
    expect(chooseStacks(out, ["prod", "crm-dev"])).toEqual(["crm-dev", "crm-prod"]);
    expect(chooseStack(out, ["dev"])).toBe("crm-dev");
  });

  it("exist, and are one where there can be only one", () => {
    expect(() => chooseStacks(out, ["dev", "stage"])).toThrow(
      /^stage: expected one of the stacks in .* \(crm-registry, crm-dev, crm-prod\), found no such stack\.$/,
    );
    expect(() => chooseStack(out, [])).toThrow(
      "expected the name of one environment or stack, got none. Pass ENV=dev.",
    );
    expect(() => chooseStack(out, ["dev", "prod"])).toThrow("got dev prod");
  });
});

it("adds outputs to what the step has written already", () => {
  const file = join(out, "output");
  writeOutputs(file, { changes: "true" });
  writeOutputs(file, { plan_id: "1", plan_sha256: "ab" });
  expect(readFileSync(file, "utf8")).toBe("changes=true\nplan_id=1\nplan_sha256=ab\n");
});
