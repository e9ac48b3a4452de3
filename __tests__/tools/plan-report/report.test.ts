import { type PlanJson } from "../../../tools/terraform/plan-json";
import { renderMarkdown } from "../../../tools/plan-report/render/markdown";
import { renderTerminal } from "../../../tools/plan-report/render/terminal";
import {
  changeOf,
  create,
  destroy,
  inputOf,
  planWith,
  replaceNewFirst,
  reportOf,
  stackReportOf,
  storedPlan,
  update,
} from "./plans";

describe("an empty plan", () => {
  const report = stackReportOf(storedPlan("empty"));

  it("changes nothing, costs nothing more, and has no drift in values that only AWS computes", () => {
    expect(report).toMatchObject({
      status: "unchanged",
      changes: [],
      dataLosses: [],
      interruptions: [],
      drift: [],
      outputs: [],
    });
    expect(report.cost).toMatchObject({ beforeCents: expect.any(Number) as number, differences: [] });
  });

  it("is also one of a stack without resources", () => {
    expect(stackReportOf(planWith([]))).toMatchObject({ status: "unchanged", cost: { beforeCents: 0, afterCents: 0 } });
  });
});

describe("a plan that replaces a database and destroys a cache", () => {
  const report = stackReportOf(storedPlan("database-replaced"));
  const change = (type: string) => report.changes.find((one) => one.type === type)!;

  it("counts what Terraform counts", () => {
    expect(report.counts).toMatchObject({ create: 0, update: 1, replace: 2, destroy: 6 });
    expect(report.status).toBe("ready");
  });

  it("shouts at the data, the database first", () => {
    expect(report.dataLosses.map(({ address, severity }) => [address.split(".")[0], severity])).toEqual([
      ["aws_db_instance", "snapshot"],
      ["aws_elasticache_replication_group", "snapshot"],
      ["aws_cloudwatch_log_group", "lost"],
      ["aws_cloudwatch_log_group", "lost"],
    ]);
  });

  it("gives the attribute that forces the replacement", () => {
    expect(change("aws_db_instance")).toMatchObject({
      kind: "replace",
      order: "old first",
      reason: "an attribute cannot change in place",
      forcedBy: [{ path: "db_name", before: "chat", after: "chat_v2" }],
    });
  });

  it("shows the new image, and the deployment's length from the drain budget of the plan", () => {
    expect(change("aws_ecs_task_definition").attributes).toContainEqual({
      path: "container_definitions.app.image",
      before: "123456789012.dkr.ecr.ap-northeast-1.amazonaws.com/chat:1.0.0",
      after: "123456789012.dkr.ecr.ap-northeast-1.amazonaws.com/chat:1.1.0",
    });
    const service = report.interruptions.find(({ address }) => address.startsWith("aws_ecs_service"))!;
    expect(service.effect).toBe("reconnect");
    expect(service.what).toContain("deregistration delay 30 s, stop timeout 70 s");
  });

  it("deducts the cache from the bill", () => {
    expect(report.cost).toMatchObject({
      differences: expect.arrayContaining([
        expect.objectContaining({ item: "2 × cache.t4g.micro", afterCents: 0 }),
      ]) as unknown,
    });
  });
});

describe("a plan that failed", () => {
  const DIAGNOSTIC = {
    severity: "error",
    summary: "Unsupported argument",
    detail: "token AKIAIOSFODNN7EXAMPLE",
  } as const;

  it("says so, shows what was planned before and Terraform's errors, and no cost", () => {
    const report = stackReportOf(planWith([create("aws_lb.x")], { errored: true, applyable: false }), {
      diagnostics: [DIAGNOSTIC],
    });
    expect(report).toMatchObject({ status: "failed", counts: { create: 1 }, cost: { unavailable: "the plan failed" } });
    const text = renderTerminal({ formatVersion: "1.0", stacks: [report] });
    expect(text).toContain("FAILED: it cannot be applied");
    expect(text).toContain("Error: Unsupported argument");
    expect(text).not.toContain("AKIAIOSFODNN7EXAMPLE");
  });

  it("is one without a plan, too", () => {
    const report = reportOf(inputOf(undefined, { diagnostics: [DIAGNOSTIC] }));
    expect(report.stacks[0]!.status).toBe("failed");
    expect(renderMarkdown(report)).toContain("**Planning failed: this plan cannot be applied.**");
  });

  it("shows conditions that are not met", () => {
    const checks = [
      { status: "pass", instances: [] },
      {
        status: "fail",
        instances: [{ address: { to_display: "check.health" }, problems: [{ message: "The page answers 503." }] }],
      },
    ];
    expect(stackReportOf(planWith([], { checks })).failedChecks).toEqual([
      { address: "check.health", message: "The page answers 503." },
    ]);
  });
});

describe("what else a plan says", () => {
  const replaced = changeOf(
    "aws_subnet.a[0]",
    ["create", "delete"],
    { before: { vpc_id: "vpc-1" }, after: {}, after_unknown: { vpc_id: true, id: true }, replace_paths: [["vpc_id"]] },
    { action_reason: "replace_because_cannot_update" },
  );
  const plan: PlanJson = planWith(
    [
      replaceNewFirst("aws_vpc.main", { id: "vpc-1" }),
      replaced,
      changeOf("aws_iam_role.tainted", ["delete", "create"], {}, { action_reason: "replace_because_tainted" }),
      changeOf("aws_iam_role.later", ["delete"], {}, { action_reason: "delete_because_of_something_new" }),
      changeOf("aws_sns_topic.new", ["no-op"], {}, { previous_address: "aws_sns_topic.old" }),
      changeOf("aws_sns_topic.same", ["no-op"], { before: {}, after: {} }),
      changeOf("aws_lb.kept", ["no-op"], { before: {}, after: {}, importing: { id: "arn:aws:lb/kept" } }),
      changeOf("aws_db_instance.forgotten", ["forget"], { before: {}, after: null }),
      changeOf("aws_instance.x", ["delete"], {}, { deposed: "a1b2c3d4" }),
      changeOf("data.aws_region.current", ["read"], {}, { mode: "data" }),
    ],
    {
      configuration: {
        root_module: {
          resources: [
            { address: "aws_subnet.a", expressions: { vpc_id: { references: ["aws_vpc.main.id", "aws_vpc.main"] } } },
          ],
        },
      },
      output_changes: {
        url: { actions: ["update"], before: "https://a", after: "https://b" },
        key: {
          actions: ["update"],
          before: "hunter2",
          after: "hunter3",
          before_sensitive: true,
          after_sensitive: true,
        },
        same: { actions: ["no-op"], before: 1, after: 1 },
        gone: { actions: ["delete"], before: [1], after: null },
        later: { actions: ["create"], before: null, after: null, after_unknown: true },
      },
      resource_drift: [
        update("aws_lb.other", { idle_timeout: 60 }, { idle_timeout: 70 }),
        destroy("aws_sqs_queue.deleted"),
      ],
      deferred_changes: [{ reason: "provider_config_unknown", resource_change: create("aws_lb.deferred") }],
      complete: false,
    },
  );
  const report = stackReportOf(plan);
  const change = (address: string) => report.changes.find((one) => one.address.startsWith(address))!;

  it("explains a replacement by the one that it follows from", () => {
    expect(change("aws_subnet").forcedBy).toEqual([
      { path: "vpc_id", before: "vpc-1", after: "(known after apply)", because: ["aws_vpc.main"] },
    ]);
    expect(change("aws_iam_role.tainted").reason).toMatch(/^it is tainted/);
    expect(change("aws_iam_role.later").reason).toBe("delete because of something new");
  });

  it("shows what is moved, imported, forgotten and deposed, and no data source", () => {
    expect(change("aws_sns_topic.new")).toMatchObject({ kind: "none", movedFrom: "aws_sns_topic.old" });
    expect(change("aws_lb.kept")).toMatchObject({ kind: "none", importId: "arn:aws:lb/kept" });
    expect(change("aws_db_instance.forgotten").reason).toMatch(/removed block/);
    expect(change("aws_instance.x")).toMatchObject({
      address: "aws_instance.x (deposed a1b2c3d4)",
      reason: "an interrupted replacement left it behind",
    });
    expect(report.changes.map(({ address }) => address)).not.toContain("data.aws_region.current");
    expect(report.changes.map(({ address }) => address)).not.toContain("aws_sns_topic.same");
    expect(report.counts).toMatchObject({ replace: 3, destroy: 2, forget: 1, import: 1, move: 1 });
  });

  it("shows outputs, without sensitive values", () => {
    expect(report.outputs).toEqual([
      { path: "url", before: "https://a", after: "https://b" },
      { path: "key", before: "(sensitive)", after: "(sensitive)" },
      { path: "gone", before: "[1]", after: "none" },
      { path: "later", before: "none", after: "(known after apply)" },
    ]);
  });

  it("shows drift that the plan acts on, and what was deleted", () => {
    const drifted = stackReportOf(
      planWith([update("aws_lb.x", { idle_timeout: 10, tags: {} }, { idle_timeout: 60, tags: {} })], {
        resource_drift: [
          update("aws_lb.x", { idle_timeout: 60, arn_suffix: "a" }, { idle_timeout: 10, arn_suffix: "b" }),
          ...plan.resource_drift!,
        ],
      }),
    );
    expect(drifted.drift).toEqual([
      { address: "aws_lb.x", what: "changed", attributes: [{ path: "idle_timeout", before: "60", after: "10" }] },
      { address: "aws_sqs_queue.deleted", what: "deleted", attributes: [] },
    ]);
  });

  it("says what is left to a further plan, and why", () => {
    expect(report.status).toBe("incomplete");
    expect(report.deferred).toEqual([
      { address: "aws_lb.deferred", reason: "its provider's configuration is known only after apply" },
    ]);
  });

  it("says why there is no cost", () => {
    expect(report.cost).toEqual({ unavailable: "the provider's region is not a literal: pass --region" });
    const elsewhere = { provider_config: { aws: { expressions: { region: { constant_value: "xx-nowhere-1" } } } } };
    expect(stackReportOf(planWith([], { configuration: elsewhere })).cost).toEqual({
      unavailable: "there are no prices for xx-nowhere-1",
    });
  });
});

it("counts the verdicts of the policies and lists violations", () => {
  const rule = { rule: "elb-https", tiers: [], controls: [], resources: 1, excepted: [] };
  const violation = { resource: "chat/alb", attribute: "protocol", expected: "HTTPS", got: "HTTP", remedy: "Set it." };
  const rules = [
    { ...rule, outcome: "warned" as const, violations: [violation] },
    { ...rule, outcome: "passed" as const, violations: [] },
  ];
  expect(stackReportOf(planWith([]), { policies: { tier: "production", rules } }).policies).toEqual({
    tier: "production",
    passed: 1,
    failed: 0,
    warned: 1,
    excepted: 0,
    violations: [{ rule: "elb-https", resource: "chat/alb", text: "protocol: expected HTTPS, got HTTP. Set it." }],
  });
});
