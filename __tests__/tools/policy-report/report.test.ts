import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { renderReport } from "../../../tools/policy-report/report";
import { readVerdicts, type RuleVerdict, type StackVerdict } from "../../../tools/policy-report/verdict";
import { removeRun, runProgram } from "../../helpers/run-program";

const NOTHING: RuleVerdict = {
  rule: "rds-backups",
  tiers: ["development", "production"],
  controls: ["RDS.11"],
  outcome: "not-applicable",
  resources: 0,
  excepted: [],
  violations: [],
};
const DEV: StackVerdict = {
  stack: "chat-dev",
  tier: "development",
  rules: [
    { ...NOTHING, rule: "kms-rotation", controls: ["KMS.4"], outcome: "passed", resources: 2 },
    NOTHING,
    {
      ...NOTHING,
      rule: "elb-https",
      controls: [],
      outcome: "excepted",
      resources: 3,
      excepted: [{ resource: "chat-dev/alb/listener", reason: "No domain." }],
    },
    {
      ...NOTHING,
      rule: "elb-stickiness",
      controls: [],
      outcome: "warned",
      resources: 1,
      violations: [
        {
          resource: "chat-dev/alb/group",
          attribute: "stickiness.enabled",
          expected: "true",
          got: "false",
          remedy: "Turn it on.",
        },
      ],
    },
  ],
};
const PROD: StackVerdict = {
  stack: "chat-prod",
  tier: "production",
  rules: DEV.rules.map((rule) => ({ ...NOTHING, rule: rule.rule })),
};

/** Cells of the lines of a report that begin with a rule. */
function rows(report: string): string[][] {
  return report
    .slice(report.indexOf("Every rule"))
    .split("\n")
    .map((line) => line.split(/ {2,}|\s*\|\s*/).filter((cell) => cell !== ""))
    .filter(([first = ""]) => /^[a-z]+-/.test(first));
}

describe.each(["terminal", "markdown"] as const)("the report for a %s", (medium) => {
  const report = renderReport([DEV, PROD], medium);

  it("shows for each rule and stack how many resources were checked, and never a pass without one", () => {
    expect(rows(report).map((cells) => cells.slice(0, 3))).toEqual([
      ["kms-rotation", "passed 2", "not applicable"],
      ["rds-backups", "not applicable", "not applicable"],
      ["elb-https", "excepted 1 of 3", "not applicable"],
      ["elb-stickiness", "warned 1 of 1", "not applicable"],
    ]);
  });

  it("counts the outcomes of a stack", () => {
    const line = report.split("\n").find((text) => text.includes("chat-dev"))!;
    expect(line.match(/\d+/g)).toEqual(["1", "0", "1", "1", "1"]);
  });

  it("gives the reason of an exception and the remedy of a warning", () => {
    expect(report).toContain("No domain.");
    expect(report).toContain("Turn it on.");
  });

  it("leaves out exceptions and warnings when there are none", () => {
    expect(renderReport([PROD], medium)).not.toMatch(/Exceptions|Warnings|Failed/);
  });
});

describe("the verdicts that it reads", () => {
  const run = runProgram("main.ts");
  afterAll(() => removeRun(run));

  it("are those of all stacks or of one environment", () => {
    expect(run.stderr).toBe("");
    const all = readVerdicts(run.outdir, undefined);
    expect(all.map(({ stack }) => stack)).toEqual([
      "messenger-crm-registry",
      "messenger-crm-dev",
      "messenger-crm-prod",
    ]);
    expect(readVerdicts(run.outdir, "prod").map(({ stack, tier }) => [stack, tier])).toEqual([
      ["messenger-crm-prod", "production"],
    ]);
    expect(renderReport(all, "terminal")).toMatch(
      /ecs-no-public-ip {2,}not applicable {2,}excepted 1 of 1 {2,}passed 1/,
    );
  });

  it("reports a missing file", () => {
    expect(() => readVerdicts(run.outdir, "qa")).toThrow(/^environment: expected one of the stacks in .*, got qa\.$/);
    const out = mkdtempSync(join(tmpdir(), "report-"));
    try {
      mkdirSync(join(out, "stacks/chat-dev"), { recursive: true });
      writeFileSync(join(out, "stacks/chat-dev/cdk.tf.json"), "{}");
      expect(() => readVerdicts(out, undefined)).toThrow("expected the verdicts of a synth, found no file.");
      writeFileSync(join(out, "stacks/chat-dev/policies.json"), "{}");
      expect(() => readVerdicts(out, undefined)).toThrow("expected a verdict, got other JSON.");
    } finally {
      rmSync(out, { recursive: true, force: true });
    }
  });
});
