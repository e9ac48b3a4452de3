import { renderMarkdown } from "../../../tools/plan-report/render/markdown";
import { renderTerminal } from "../../../tools/plan-report/render/terminal";
import { type PlanJson } from "../../../tools/terraform/plan-json";
import { changeOf, create, inputOf, planWith, reportOf, update } from "./plans";

/** A different secret for each place, so that a leak names its place. */
const secret = (place: string) => `canary-${place}-zzz`;
const marked = secret("marked");
const containers = (value: string) =>
  JSON.stringify([
    {
      name: "app",
      environment: [
        { name: "SESSION_SECRET", value },
        { name: "LEVEL", value: "info" },
      ],
      command: ["run", `--token=${marked}`],
    },
  ]);

const plan: PlanJson = planWith(
  [
    update(
      "aws_db_instance.x",
      {
        password: secret("by-mark"),
        tags: { note: marked },
        api_token: secret("by-name"),
        connection: `postgres://app:${secret("url")}@db/chat`,
      },
      {
        password: secret("by-mark-after"),
        tags: { note: `see ${marked}` },
        api_token: secret("by-name-after"),
        connection: `postgres://app:${secret("url-after")}@db/chat`,
      },
      { before_sensitive: { password: true }, after_sensitive: { password: true } },
    ),
    update(
      "aws_ecs_task_definition.x",
      { container_definitions: containers(secret("variable")) },
      { container_definitions: containers(secret("variable-after")) },
    ),
    changeOf("aws_elasticache_user.x", ["delete", "create"], {
      before: { passwords: [secret("list")], user_id: marked },
      after: { passwords: [secret("list-after")], user_id: "new" },
      before_sensitive: { passwords: true },
      after_sensitive: { passwords: [true] },
      replace_paths: [["passwords"], ["user_id"]],
    }),
    create("aws_ssm_parameter.x", { value: secret("created") }),
    changeOf('aws_iam_user.x["AKIAIOSFODNN7EXAMPLE"]', ["create"]),
    changeOf("aws_x.imported", ["no-op"], { before: {}, after: {}, importing: { id: marked } }),
  ],
  {
    variables: { db: { value: secret("variable-input") } },
    configuration: { root_module: { variables: { db: { sensitive: true } } } },
    output_changes: {
      url: { actions: ["update"], before: "x", after: secret("output"), after_sensitive: true },
      copy: { actions: ["update"], before: secret("variable-input"), after: secret("output") },
      admin_password: { actions: ["create"], before: null, after: secret("output-by-name") },
    },
    resource_drift: [
      update(
        "aws_db_instance.x",
        { password: secret("drift") },
        { password: secret("drift-after") },
        { before_sensitive: { password: true }, after_sensitive: { password: true } },
      ),
    ],
    checks: [
      { status: "fail", instances: [{ address: { to_display: "check.x" }, problems: [{ message: `got ${marked}` }] }] },
    ],
    prior_state: {
      values: {
        root_module: {
          resources: [
            {
              address: "aws_secret.x",
              mode: "managed",
              type: "aws_secret",
              values: { value: marked },
              sensitive_values: { value: true },
            },
          ],
        },
      },
    },
  },
);
const input = inputOf(plan, {
  diagnostics: [{ severity: "warning", summary: "Deprecated", detail: `value = ${secret("output")}` }],
});
const report = reportOf(input);

it.each([
  ["the terminal", renderTerminal(report)],
  ["Markdown", renderMarkdown(report)],
  ["JSON", JSON.stringify(report)],
])("shows no secret in %s", (_, text) => {
  expect(text.match(/canary-[a-z-]+-zzz|AKIAIOSFODNN7EXAMPLE/g)).toBeNull();
  // The report is there, with what is no secret.
  expect(text).toContain("aws_db_instance.x");
  expect(text).toContain("(sensitive)");
  expect(text).toContain("check.x");
});

it("would notice a secret", () => {
  const leaky = reportOf(inputOf(planWith([update("aws_x.x", { note: "a" }, { note: secret("plain") })])));
  expect(renderTerminal(leaky)).toContain(secret("plain"));
});

it("shows an image whose tag is also the value of a parameter that is declared open", () => {
  const marks = { before_sensitive: { value: true }, after_sensitive: { value: true } };
  const release = (insecure: object) =>
    planWith([
      update("aws_ssm_parameter.x", { value: "0.10.12", ...insecure }, { value: "0.10.13", ...insecure }, marks),
      update("aws_ecs_task_definition.x", { image: "crm:0.10.12" }, { image: "crm:0.10.14" }),
    ]);
  const open = renderTerminal(reportOf(inputOf(release({ insecure_value: "0.10.12" }))));
  expect(open).toContain("image: crm:0.10.12 → crm:0.10.14");
  const closed = renderTerminal(reportOf(inputOf(release({}))));
  expect(closed).toContain("image: crm:(sensitive) → crm:0.10.14");
});
