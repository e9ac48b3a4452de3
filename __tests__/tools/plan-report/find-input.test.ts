import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findInputs } from "../../../tools/plan-report/input/find-input";
import { create, planWith } from "./plans";

let out: string;
const shown: string[] = [];
const PLAN = planWith([create("aws_lb.x")]);
const JSON_PLAN = JSON.stringify(PLAN);
const ERROR = JSON.stringify({
  type: "diagnostic",
  diagnostic: { severity: "error", summary: "Invalid provider configuration" },
});

beforeEach(() => {
  out = mkdtempSync(join(tmpdir(), "plan-report-"));
  shown.length = 0;
});
afterEach(() => rmSync(out, { recursive: true, force: true }));

/** Writes files of a stack as a synth and Terraform leave them. */
function stack(name: string, files: Readonly<Record<string, string>>): string {
  const folder = join(out, "stacks", name);
  mkdirSync(folder, { recursive: true });
  const synthesized = { resource: { aws_lb: { x: { "//": { metadata: { path: `${name}/alb/load-balancer` } } } } } };
  for (const [file, text] of Object.entries({ "cdk.tf.json": JSON.stringify(synthesized), ...files })) {
    writeFileSync(join(folder, file), text);
  }
  return folder;
}

const find = (...args: string[]) =>
  findInputs(args, {
    out,
    standardInput: () => Buffer.from(JSON_PLAN),
    showPlan: (folder, file) => {
      shown.push(join(folder, file));
      return Promise.resolve(PLAN);
    },
  });

it("reads every stack that has a plan, with its modules and verdicts", async () => {
  stack("chat-registry", {});
  stack("chat-dev", {
    "plan.json": JSON_PLAN,
    "policies.json": '{"stack":"chat-dev","tier":"development","rules":[]}',
  });
  const prod = stack("chat-prod", { "plan.tfplan": "PK\u0003\u0004", "plan.json": "stale" });
  const inputs = await find();
  expect(inputs.map(({ stack: name }) => name)).toEqual(["chat-dev", "chat-prod"]);
  expect(inputs[0]!.policies?.tier).toBe("development");
  expect(inputs[0]!.modules.get("aws_lb.x")).toBe("alb");
  // Terraform shows what would be applied.
  expect(shown).toEqual([join(prod, "plan.tfplan")]);
});

it("reads an environment, a file, a named file and standard input", async () => {
  const folder = stack("chat-dev", { "plan.json": JSON_PLAN });
  writeFileSync(join(out, "other.json"), JSON_PLAN);
  const inputs = await find("dev", join(out, "other.json"), `prod=${join(folder, "plan.json")}`, "piped=-");
  expect(inputs.map(({ stack: name }) => name)).toEqual(["chat-dev", "other", "prod", "piped"]);
});

describe("the log of a plan", () => {
  it("gives its errors when there is no plan", async () => {
    stack("chat-dev", { "plan.log": `not JSON\n${ERROR}\n` });
    const [input] = await find("dev");
    expect(input!.plan).toBeUndefined();
    expect(input!.diagnostics).toMatchObject([{ summary: "Invalid provider configuration" }]);
  });

  it("outranks an older plan, which is of another run, and not a newer one", async () => {
    const folder = stack("chat-dev", { "plan.json": JSON_PLAN, "plan.log": ERROR });
    const at = (file: string, seconds: number) => utimesSync(join(folder, file), seconds, seconds);
    at("plan.json", 1000);
    at("plan.log", 2000);
    expect((await find("dev"))[0]!.plan).toBeUndefined();
    at("plan.json", 3000);
    expect((await find("dev"))[0]).toMatchObject({ plan: expect.anything() as unknown, diagnostics: [] });
  });
});

it.each([
  [
    ["chat-dev"],
    /chat-dev: expected plan\.tfplan or plan\.json, found neither\. Run `terraform -chdir=.* plan -out=plan\.tfplan`\./,
  ],
  [
    [],
    /expected plan\.tfplan or plan\.json beside at least one stack \(chat-dev\), found none\. Run `terraform -chdir=.*<stack> plan -out=plan\.tfplan`\./,
  ],
  [["nowhere.json"], /^nowhere\.json: expected a plan or its JSON, found no file\.$/],
  [["x=nowhere"], /^nowhere: expected a plan or its JSON, found no file\.$/],
  [["qa"], /^qa: expected a file or one of the stacks in .* \(chat-dev\), found neither\.$/],
  [["a=-", "a=-"], /^a: expected each stack once, got two\. Name the files: NAME=FILE\.$/],
])("refuses %j", async (args, message) => {
  stack("chat-dev", {});
  await expect(find(...args)).rejects.toThrow(message);
});
