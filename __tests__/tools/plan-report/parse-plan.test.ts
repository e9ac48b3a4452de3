import { parsePlan } from "../../../tools/plan-report/input/parse-plan";
import { planWith, update } from "./plans";

const PLAN = JSON.stringify(planWith([update("aws_lb.alb", { idle_timeout: 60 }, { idle_timeout: 70 })]));
const parse = (content: string | Buffer) => parsePlan(Buffer.from(content), "plan.json");

it.each([
  ["UTF-8", Buffer.from(PLAN)],
  ["UTF-8 with a byte order mark", Buffer.from(`\uFEFF${PLAN}`)],
  ["UTF-16, as PowerShell writes it", Buffer.from(`\uFEFF${PLAN}`, "utf16le")],
])("reads a plan in %s", (_, content) => {
  expect(parse(content).resource_changes).toHaveLength(1);
});

it.each([
  ["a saved plan", "PK\u0003\u0004rest", /got a saved plan\. Run `terraform show -json <plan file>`/],
  ["nothing", " \n", /got nothing\. The command that wrote it failed/],
  ["Terraform's error", "Error: Failed to load plugin schemas", /got text\./],
  ["JSON that ends early", PLAN.slice(0, 200), /got JSON that ends early, after 200 characters\. The disk may be full/],
  ["damaged JSON", PLAN.replace('"format_version"', "format_version"), /got damaged JSON\./],
  ["a list", "[]", /got other JSON\./],
  [
    "a log",
    '{"@level":"info","type":"version"}\n{"@level":"info"}',
    /got the log of `terraform plan -json`\. Save the plan/,
  ],
  [
    "a state",
    '{"format_version":"1.0","terraform_version":"1.11.4","values":{}}',
    /got that of a state\. .* shows the state\./,
  ],
  ["another file", '{"format_version":"1.0","name":"x"}', /got other JSON\./],
  ["a later format", PLAN.replace('"1.2"', '"2.0"'), /expected format_version 1\.x, got "2\.0"\./],
  ["a format of Terraform 0.12", PLAN.replace('"1.2"', '"0.1"'), /expected format_version 1\.x, got "0\.1"\./],
  ["no format", '{"resource_changes":[]}', /expected format_version 1\.x, got none\./],
  [
    "a change without actions",
    PLAN.replace('"actions"', '"acts"'),
    /resource_changes\[0\]: expected an address and a list of actions/,
  ],
  [
    "a change that is null",
    PLAN.replace(/"resource_changes":\[.*?\}\],/, '"resource_changes":[null],'),
    /resource_changes\[0\]: expected/,
  ],
])("refuses %s", (_, content, message) => {
  expect(() => parse(content)).toThrow(message);
});

it("takes minor versions and properties that it does not know", () => {
  expect(parse(PLAN.replace('"1.2"', '"1.9","new_property":{}')).resource_changes).toHaveLength(1);
});

it("quotes nothing of the file, which may hold secrets", () => {
  for (const content of ["hunter2-secret", '{"password":"hunter2-secret"', '{"password":hunter2-secret}']) {
    expect(() => parse(content)).toThrow(/^(?!.*hunter2)/s);
  }
});
