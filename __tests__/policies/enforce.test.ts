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

interface Synth {
  readonly exceptions?: readonly PolicyException[];
  readonly tier?: Tier;
  readonly rules?: readonly Rule[];
}

/** The lines of the refusal; none when the synth went through. */
function refusal(app: App, { tier = "production", ...options }: Synth = {}): string[] {
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
  it("in the second stack leaves no file of the first", () => {
    const app = makeApp();
    new KmsKey(makeStack(app, "first"), "key", { enableKeyRotation: true });
    new KmsKey(makeStack(app, "second"), "key", { enableKeyRotation: false });
    expect(refusal(app)).toEqual([rotation("second/key", "false")]);
    expect(files()).toEqual([]);
  });

  it("comes with all others of all stacks in one error, each with path, attribute, expectation, value and remedy", () => {
    const app = makeApp();
    new KmsKey(makeStack(app, "first"), "key", {});
    const second = makeStack(app, "second");
    new KmsKey(second, "key", { enableKeyRotation: true, deletionWindowInDays: 7 });
    new CloudwatchLogGroup(second, "logs", { name: "app" });
    expect(refusal(app, { tier: "development" })).toEqual([
      rotation("first/key", "nothing"),
      "[second/key] deletion_window_in_days: expected 30, got 7. Leave deletion_window_in_days at 30. (rule kms-deletion-window)",
      "[second/logs] retention_in_days: expected a number of days, never for ever, got nothing. Set retention_in_days. (rule logs-retention)",
    ]);
    expect(files()).toEqual([]);
  });

  it("is found in an override as well as in the props", () => {
    const app = makeApp();
    const stack = makeStack(app, "stack");
    new KmsKey(stack, "props", { enableKeyRotation: false });
    new KmsKey(stack, "override", { enableKeyRotation: true }).addOverride("enable_key_rotation", false);
    new KmsKey(stack, "mended", { enableKeyRotation: false }).addOverride("enable_key_rotation", true);
    expect(refusal(app)).toEqual([rotation("stack/props", "false"), rotation("stack/override", "false")]);
  });

  it("is found in an override of the stack", () => {
    const app = makeApp();
    const stack = makeStack(app, "stack");
    new KmsKey(stack, "key", { enableKeyRotation: true });
    stack.addOverride("resource.aws_kms_key.key.enable_key_rotation", false);
    expect(refusal(app)).toEqual([rotation("stack/key", "false")]);
  });

  it("is found in what the aspect of somebody else made of the resource", () => {
    const app = makeApp();
    const stack = makeStack(app, "stack");
    new KmsKey(stack, "key", { enableKeyRotation: true });
    const vandal: IAspect = {
      visit: (node) => {
        if (node instanceof KmsKey) node.enableKeyRotation = false;
      },
    };
    Aspects.of(stack).add(vandal);
    expect(refusal(app)).toEqual([rotation("stack/key", "false")]);
    expect(files()).toEqual([]);
  });

  it("is found in a second synth of the same app, too", () => {
    const app = makeApp();
    const stack = makeStack(app, "stack");
    const key = new KmsKey(stack, "key", { enableKeyRotation: true });
    expect(refusal(app)).toEqual([]);
    key.enableKeyRotation = false;
    expect(() => app.synth()).toThrow(rotation("stack/key", "false"));
  });

  it("is not seen in a value that is known at apply only", () => {
    const app = makeApp();
    const stack = makeStack(app, "stack");
    const days = new TerraformVariable(stack, "days", { type: "number" });
    const rotate = new TerraformVariable(stack, "rotate", { type: "bool" });
    new KmsKey(stack, "key", { enableKeyRotation: rotate.booleanValue, deletionWindowInDays: days.numberValue });
    new CloudwatchLogGroup(stack, "logs", { name: "app", retentionInDays: days.numberValue });
    expect(refusal(app, { tier: "development" })).toEqual([]);
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

  it("lets its resource break its rule", () => {
    expect(refusal(stackWith(false), { exceptions: [exception] })).toEqual([]);
  });

  it.each([
    ["another resource", { ...exception, resource: "stack/other" }],
    ["another rule", { ...exception, rule: "kms-deletion-window" }],
    ["another tier", { ...exception, tier: "development" as const }],
  ])("lets nothing else break it: %s", (_, other) => {
    const lines = refusal(stackWith(false), { exceptions: [other] });
    expect(lines).toEqual([
      rotation("stack/key", "false"),
      expect.stringMatching(/exception .*: expected a resource that breaks the rule, got none\./),
    ]);
  });

  it("is an error once nothing needs it", () => {
    expect(refusal(stackWith(true), { exceptions: [exception] })).toEqual([
      "[policies] exception kms-rotation for stack/key (production): expected a resource that breaks the rule, got none. Nothing violates it any more, or the path is wrong: remove the exception.",
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
      "a tier in which the rule does not hold",
      { ...exception, rule: "kms-customer-key", tier: "development" as const },
      'expected a tier where the rule holds (production), got "development". Remove it.',
    ],
  ])("with %s is refused", (_, wrong, message) => {
    const lines = refusal(stackWith(true), { exceptions: [wrong] });
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain(message);
  });

  it("is refused twice over", () => {
    const lines = refusal(stackWith(false), { exceptions: [exception, exception] });
    expect(lines).toEqual([expect.stringContaining("expected one exception of a kind, got a second.")]);
  });
});

describe("a rule of one's own", () => {
  const named = new Rule({
    id: "ecr-named-by-team",
    severity: "warning",
    types: ["aws_ecr_repository"],
    controls: [],
    reason: "A repository nobody owns is never cleaned up.",
    remedy: "Begin its name with the team's.",
    find: (repository) =>
      String(repository.value("name")).startsWith("team-")
        ? []
        : [{ attribute: "name", expected: "team-…", got: String(repository.value("name")) }],
  });

  it("stands beside ours, and a warning lets the synth go on and is listed", () => {
    const app = makeApp();
    const stack = makeStack(app, "stack");
    new EcrRepository(stack, "repository", { name: "chat" });
    const gate = enforcePolicies([{ stack, tier: "production" }], { rules: [named] });
    expect(() => gate.verdicts).toThrow("The verdicts are there once app.synth() has returned.");
    app.synth();
    expect(gate.describeWarnings()).toBe(
      "[stack/repository] name: expected team-…, got chat. Begin its name with the team's. (rule ecr-named-by-team)",
    );
    expect(gate.verdicts[0]!.rules).toMatchObject([{ outcome: "warned", resources: 1 }]);
  });

  it("is an ordinary aspect too, which annotates", () => {
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
  it("tells what was looked at, and what was not", () => {
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

  it("is the same whichever stack cdktf takes first", () => {
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
