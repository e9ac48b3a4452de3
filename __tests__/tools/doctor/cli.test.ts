import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { dev } from "../../../environments/dev";
import { UserError } from "../../../tools/command-line/user-error";
import { diagnose } from "../../../tools/doctor/diagnose";
import { synthesizedEnvironment } from "../../helpers/synthesized-environment";
import { useCredentials } from "../deploy/fixtures";
import { AwsFault, type Script, ScriptedAws } from "../deploy/scripted-aws";
import { HEALTHY, targetGroupAttributes } from "./healthy";

useCredentials();

let out: string;
let aws: ScriptedAws | undefined;

beforeAll(() => {
  out = mkdtempSync(join(tmpdir(), "doctor-cli-"));
  mkdirSync(join(out, "stacks/messenger-crm-dev"), { recursive: true });
  writeFileSync(join(out, "stacks/messenger-crm-dev/cdk.tf.json"), synthesizedEnvironment(dev).text);
});
afterAll(() => rmSync(out, { recursive: true, force: true }));
afterEach(() => aws?.stop());

async function run(args: readonly string[]) {
  const printed: string[] = [];
  try {
    return { code: await diagnose(args, (text) => printed.push(text)), stdout: printed.join("\n"), stderr: "" };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { code: 1, stdout: printed.join("\n"), stderr: error.message };
  }
}

async function doctor(script: Script, ...args: readonly string[]) {
  aws = await ScriptedAws.start({ ...HEALTHY, ...script });
  return run(["doctor", "dev", "--out", out, "--endpoint", aws.endpoint, ...args]);
}

const TWO = ["--only", "stickiness,idle-timeout"];

it("prints a line for each check as it ends, and what it found", async () => {
  const { code, stdout } = await doctor({ DescribeTargetGroupAttributes: targetGroupAttributes("false") }, ...TWO);
  expect(stdout.split("\n").slice(0, 3)).toEqual([
    "doctor messenger-crm-dev (account 123456789012, ap-northeast-1)",
    "  ERROR        stickiness    The target group crm-dev-app spreads the requests of one client over all tasks.",
    "  ok           idle-timeout",
  ]);
  expect(stdout).toMatch(
    /error \(stickiness\): .*\n {2}evidence {2}stickiness.*\n {2}impact.*\n {2}remedy {4}Run `make deploy`/,
  );
  expect(stdout).toMatch(/1 error, 0 warnings, 1 of 2 checks without a finding$/);
  expect(code).toBe(2);
});

it("prints JSON and nothing else", async () => {
  const { code, stdout } = await doctor(
    { DescribeTargetGroupAttributes: targetGroupAttributes("false") },
    ...TWO,
    "--json",
  );
  expect(JSON.parse(stdout)).toMatchObject({
    command: "doctor",
    stack: "messenger-crm-dev",
    accountId: "123456789012",
    region: "ap-northeast-1",
    outcomes: [
      { check: "stickiness", state: "findings", findings: [{ severity: "error" }] },
      { check: "idle-timeout", state: "healthy" },
    ],
  });
  expect(code).toBe(2);
});

it("ends with 0 without a finding, and with 1 when something was not checked", async () => {
  expect(await doctor({}, ...TWO)).toMatchObject({ code: 0 });
  await aws!.stop();
  const denied = new AwsFault("AccessDenied", "not authorized", 403);
  const { code, stdout } = await doctor({ DescribeLoadBalancerAttributes: denied }, ...TWO);
  expect(stdout).toContain("  not checked  idle-timeout  elasticloadbalancing:DescribeLoadBalancerAttributes: ");
  expect(stdout).toMatch(/1 NOT CHECKED$/);
  expect(code).toBe(1);
});

it("has no verdict at all when it may not even see the service", async () => {
  const denied = new AwsFault("AccessDeniedException", "not authorized to perform: ecs:DescribeServices");
  const { code, stdout } = await doctor({ DescribeServices: denied }, ...TWO);
  expect(stdout).toMatch(/not checked {2}stickiness {4}ecs:DescribeServices: .*\n {2}not checked {2}idle-timeout/);
  expect(code).toBe(1);
});

it("verifies before a deployment, of what is there and of what is not yet", async () => {
  aws = await ScriptedAws.start({ ...HEALTHY, DescribeServices: { services: [] } });
  const args = ["--out", out, "--endpoint", aws.endpoint, "--only", "certificate,log-group"];
  const { code, stdout } = await run(["verify", "dev", ...args]);
  expect(stdout.split("\n").slice(0, 3)).toEqual([
    "verify messenger-crm-dev (account 123456789012, ap-northeast-1)",
    "  -            certificate  the stack creates its certificate, or is served without TLS",
    "  -            log-group    nothing is deployed yet",
  ]);
  expect(code).toBe(0);
});

it("goes on when Terraform cannot plan", async () => {
  process.env["TERRAFORM_BIN"] = join(out, "no-terraform");
  try {
    const { code, stdout } = await doctor({}, "--plan", "--only", "state-drift,stickiness");
    expect(stdout).toMatch(/ok +stickiness\n/);
    expect(stdout).toMatch(/not checked {2}state-drift {2}terraform plan: .*\n {4}- terraform.*\n.*no-terraform/);
    expect(code).toBe(1);
  } finally {
    delete process.env["TERRAFORM_BIN"];
  }
});

it("says that nothing is deployed", async () => {
  const { code, stderr } = await doctor({ DescribeServices: { services: [] } });
  expect(stderr).toMatch(/^messenger-crm-dev: expected the service messenger-crm-dev .*Run `make deploy`\.$/);
  expect(code).toBe(1);
});

it("refuses credentials of another account", async () => {
  const { stderr } = await doctor({ GetCallerIdentity: "<Account>999999999999</Account><Arn>arn:x</Arn>" });
  expect(stderr).toMatch(/^messenger-crm-dev: expected credentials of account 123456789012/);
});

it.each([
  [[], /^usage: node --import tsx tools\/doctor\/cli\.ts doctor \| verify/],
  [["--help"], /^usage: node/],
  [["doctor", "--help"], /^usage: make doctor .*--skip LIST.*security-groups {2}both ends/s],
  [["verify", "dev", "-h"], /^usage: make verify .*--image NAME.*secret-access/s],
])("%j prints help", async (args, text) => {
  const { code, stdout } = await run(args);
  expect(stdout).toMatch(text);
  expect(code).toBe(0);
});

it.each([
  [["heal", "dev"], "command: expected doctor or verify, got heal."],
  [["doctor"], "environment: expected one, such as dev, got none."],
  [["doctor", "dev", "prod"], "environment: expected one, such as dev, got dev prod."],
  [["doctor", "dev", "--only", "sticky"], "--only: expected deployment, targets,"],
  [["doctor", "dev", "--only", "dns", "--skip", "dns"], "--only, --skip: expected to leave a check, got none."],
  [["doctor", "dev", "--image", "x"], "Unknown option '--image'"],
  [["verify", "staging"], "environment: expected one of the stacks in"],
])("%j is refused in words", async (args, text) => {
  const { code, stderr } = await run([...args, ...(args.length > 1 ? ["--out", out] : [])]);
  expect(stderr).toContain(text);
  expect(code).toBe(1);
});
