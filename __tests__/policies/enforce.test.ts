import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { EcrRepository } from "@cdktf/provider-aws/lib/ecr-repository";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, Aspects, type IAspect, LocalBackend, TerraformStack, TerraformVariable } from "cdktf";
import { ConfigurationError } from "../../modules/core";
import {
  allRules,
  enforcePolicies,
  type PolicyException,
  PolicyViolationError,
  Rule,
  type Tier,
  writeVerdicts,
} from "../../policies";

let outdir: string;
beforeEach(() => {
  outdir = mkdtempSync(join(tmpdir(), "policies-"));
});
afterEach(() => rmSync(outdir, { recursive: true, force: true }));

function makeApp(): App {
  return new App({ outdir });
}

function makeStack(app: App, id: string): TerraformStack {
  const stack = new TerraformStack(app, id);
  new AwsProvider(stack, "aws", { region: "ap-northeast-1" });
  new LocalBackend(stack, { path: "terraform.tfstate" });
  return stack;
}

function files(): string[] {
  return readdirSync(outdir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => entry.name)
    .sort();
}

interface SynthOptions {
  readonly exceptions?: readonly PolicyException[];
  readonly tier?: Tier;
  readonly rules?: readonly Rule[];
}

/** Synthesizes the app and returns the lines of its PolicyViolationError, or none if the synth succeeds. */
function synthErrors(app: App, { tier = "production", ...options }: SynthOptions = {}): string[] {
  const stacks = app.node.children.filter((child) => TerraformStack.isStack(child));
  enforcePolicies(
    stacks.map((stack) => ({ stack, tier })),
    options,
  );
  try {
    app.synth();
  } catch (error) {
    if (!(error instanceof PolicyViolationError)) throw error;
    expect(error).toBeInstanceOf(ConfigurationError);
    return error.message.split("\n");
  }
  return [];
}

const rotation = (path: string, got: string) =>
  `[${path}] enable_key_rotation: expected true, got ${got}. Set enable_key_rotation. (rule kms-rotation)`;

describe("a violation", () => {
  it("in the second stack prevents the files of the first", () => {
    const app = makeApp();
    new KmsKey(makeStack(app, "first"), "key", { enableKeyRotation: true });
    new KmsKey(makeStack(app, "second"), "key", { enableKeyRotation: false });
    expect(synthErrors(app)).toEqual([rotation("second/key", "false")]);
    expect(files()).toEqual([]);
  });

  it("is reported with all others of all stacks in one error, each with path, attribute, expected and actual value and remedy", () => {
    const app = makeApp();
    new KmsKey(makeStack(app, "first"), "key", {});
    const second = makeStack(app, "second");
    new KmsKey(second, "key", { enableKeyRotation: true, deletionWindowInDays: 7 });
    new CloudwatchLogGroup(second, "logs", { name: "app" });
    expect(synthErrors(app, { tier: "development" })).toEqual([
      rotation("first/key", "nothing"),
      "[second/key] deletion_window_in_days: expected 30, got 7. Set deletion_window_in_days to 30. (rule kms-deletion-window)",
      "[second/logs] retention_in_days: expected a number of days, got nothing. Set retention_in_days. (rule logs-retention)",
    ]);
    expect(files()).toEqual([]);
  });

  it("is found in an override and in props", () => {
    const app = makeApp();
    const stack = makeStack(app, "stack");
    new KmsKey(stack, "props", { enableKeyRotation: false });
    new KmsKey(stack, "override", { enableKeyRotation: true }).addOverride("enable_key_rotation", false);
    new KmsKey(stack, "fixed-by-override", { enableKeyRotation: false }).addOverride("enable_key_rotation", true);
    expect(synthErrors(app)).toEqual([rotation("stack/props", "false"), rotation("stack/override", "false")]);
  });

  it("is found in an override of the stack", () => {
    const app = makeApp();
    const stack = makeStack(app, "stack");
    new KmsKey(stack, "key", { enableKeyRotation: true });
    stack.addOverride("resource.aws_kms_key.key.enable_key_rotation", false);
    expect(synthErrors(app)).toEqual([rotation("stack/key", "false")]);
  });

  it("is found after another aspect has changed the resource", () => {
    const app = makeApp();
    const stack = makeStack(app, "stack");
    new KmsKey(stack, "key", { enableKeyRotation: true });
    const otherAspect: IAspect = {
      visit: (node) => {
        if (node instanceof KmsKey) node.enableKeyRotation = false;
      },
    };
    Aspects.of(stack).add(otherAspect);
    expect(synthErrors(app)).toEqual([rotation("stack/key", "false")]);
    expect(files()).toEqual([]);
  });

  it("is found in a second synth of the same app", () => {
    const app = makeApp();
    const stack = makeStack(app, "stack");
    const key = new KmsKey(stack, "key", { enableKeyRotation: true });
    expect(synthErrors(app)).toEqual([]);
    key.enableKeyRotation = false;
    expect(() => app.synth()).toThrow(rotation("stack/key", "false"));
  });

  it("is not reported for a value that is known only at apply", () => {
    const app = makeApp();
    const stack = makeStack(app, "stack");
    const days = new TerraformVariable(stack, "days", { type: "number" });
    const rotate = new TerraformVariable(stack, "rotate", { type: "bool" });
    new KmsKey(stack, "key", { enableKeyRotation: rotate.booleanValue, deletionWindowInDays: days.numberValue });
    new CloudwatchLogGroup(stack, "logs", { name: "app", retentionInDays: days.numberValue });
    expect(synthErrors(app, { tier: "development" })).toEqual([]);
  });
});

describe("an exception", () => {
  const exception: PolicyException = {
    rule: "kms-rotation",
    resource: "stack/key",
    tier: "production",
    reason: "Imported key material cannot rotate.",
  };
  const stackWith = (enableKeyRotation: boolean) => {
    const app = makeApp();
    new KmsKey(makeStack(app, "stack"), "key", { enableKeyRotation });
    return app;
  };

  it("accepts its resource's violation of its rule", () => {
    expect(synthErrors(stackWith(false), { exceptions: [exception] })).toEqual([]);
  });

  it.each([
    ["another resource", { ...exception, resource: "stack/other" }],
    ["another rule", { ...exception, rule: "kms-deletion-window" }],
    ["another tier", { ...exception, tier: "development" as const }],
  ])("does not accept the violation if it is for %s", (_, other) => {
    const lines = synthErrors(stackWith(false), { exceptions: [other] });
    expect(lines).toEqual([
      rotation("stack/key", "false"),
      expect.stringMatching(/exception .*: expected a resource that violates the rule, got none\./),
    ]);
  });

  it("is an error if it accepts nothing", () => {
    expect(synthErrors(stackWith(true), { exceptions: [exception] })).toEqual([
      "[policies] exception kms-rotation for stack/key (production): expected a resource that violates the rule, got none. Correct the path, or remove the exception if the resource no longer violates the rule.",
    ]);
    expect(files()).toEqual([]);
  });

  it.each([
    [
      "an unknown rule",
      { ...exception, rule: "kms-rotations" },
      'expected the id of a rule, got "kms-rotations". policies/README.md lists all rules.',
    ],
    ["an empty reason", { ...exception, reason: "  " }, "expected a reason, got none."],
    [
      "a tier in which the rule does not apply",
      { ...exception, rule: "kms-customer-key", tier: "development" as const },
      'expected a tier in which the rule applies (production), got "development". Remove it.',
    ],
  ])("with %s is refused", (_, wrong, message) => {
    const lines = synthErrors(stackWith(true), { exceptions: [wrong] });
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain(message);
  });

  it("is refused if it is given twice", () => {
    const lines = synthErrors(stackWith(false), { exceptions: [exception, exception] });
    expect(lines).toEqual([
      expect.stringContaining("expected one exception per rule, resource and tier, got a second one."),
    ]);
  });
});

describe("a custom rule", () => {
  const named = new Rule({
    id: "ecr-named-by-team",
    severity: "warning",
    types: ["aws_ecr_repository"],
    controls: [],
    reason: "A repository without an owner is never cleaned up.",
    remedy: "Start its name with the team's.",
    find: (repository) =>
      String(repository.value("name")).startsWith("team-")
        ? []
        : [{ attribute: "name", expected: "team-…", got: String(repository.value("name")) }],
  });

  it("can be added, and a warning is listed without stopping the synth", () => {
    const app = makeApp();
    const stack = makeStack(app, "stack");
    new EcrRepository(stack, "repository", { name: "chat" });
    const gate = enforcePolicies([{ stack, tier: "production" }], { rules: [named] });
    expect(() => gate.verdicts).toThrow("Verdicts are available only after app.synth(): call it first.");
    app.synth();
    expect(gate.describeWarnings()).toBe(
      "[stack/repository] name: expected team-…, got chat. Start its name with the team's. (rule ecr-named-by-team)",
    );
    expect(gate.verdicts[0]!.rules).toMatchObject([{ outcome: "warned", resources: 1 }]);
  });

  it("is also an aspect that adds annotations", () => {
    const app = makeApp();
    const stack = makeStack(app, "stack");
    new KmsKey(stack, "key", { enableKeyRotation: false });
    new EcrRepository(stack, "repository", { name: "chat" });
    Aspects.of(stack).add(allRules.find(({ id }) => id === "kms-rotation")!);
    Aspects.of(stack).add(named);
    expect(() => app.synth()).toThrow(
      "[stack/key] enable_key_rotation: expected true, got false. Set enable_key_rotation. (kms-rotation)",
    );
    const annotations = stack.node
      .findAll()
      .flatMap(({ node }) => node.metadata.filter(({ type }) => type.startsWith("@cdktf/")));
    expect(annotations.map(({ type }) => type)).toEqual(["@cdktf/error", "@cdktf/warn"]);
  });
});

describe("a verdict", () => {
  it("tells which rules checked resources and which were not applicable", () => {
    const app = makeApp();
    const stack = makeStack(app, "stack");
    new KmsKey(stack, "good", { enableKeyRotation: true });
    new KmsKey(stack, "excepted", {});
    const exceptions: PolicyException[] = [
      { rule: "kms-rotation", resource: "stack/excepted", tier: "development", reason: "Because." },
    ];
    const gate = enforcePolicies([{ stack, tier: "development" }], { exceptions });
    app.synth();
    writeVerdicts(outdir, gate.verdicts);
    const file = join(outdir, "stacks/stack/policies.json");
    expect(existsSync(file)).toBe(true);
    const { tier, rules } = JSON.parse(readFileSync(file, "utf8")) as { tier: string; rules: { rule: string }[] };
    const outcome = (id: string) => rules.find(({ rule }) => rule === id);
    expect(tier).toBe("development");
    expect(rules).toHaveLength(allRules.length);
    expect(outcome("kms-deletion-window")).toMatchObject({ outcome: "passed", resources: 2 });
    expect(outcome("rds-backups")).toMatchObject({ outcome: "not-applicable", resources: 0 });
    expect(outcome("kms-rotation")).toMatchObject({
      outcome: "excepted",
      resources: 2,
      excepted: [{ resource: "stack/excepted", reason: "Because." }],
    });
  });

  it("has the order of the given stacks, whichever stack cdktf processes first", () => {
    const app = makeApp();
    const first = makeStack(app, "first");
    const second = makeStack(app, "second");
    const gate = enforcePolicies([
      { stack: second, tier: "production" },
      { stack: first, tier: "production" },
    ]);
    app.synth();
    expect(gate.verdicts.map(({ stack }) => stack)).toEqual(["second", "first"]);
  });
});
