import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { dev } from "../../../environments/dev";
import { UserError } from "../../../tools/command-line/user-error";
import { operate } from "../../../tools/deploy/operate";
import { isolatedEnvironment } from "../../../tools/terraform/environment";
import { synthesizedEnvironment } from "../../helpers/synthesized-environment";
import { AwsFault, type Script, ScriptedAws } from "./scripted-aws";

const CREDENTIALS = { AWS_ACCESS_KEY_ID: "testing", AWS_SECRET_ACCESS_KEY: "testing" };

let out: string;
let aws: ScriptedAws | undefined;

beforeAll(() => {
  out = mkdtempSync(join(tmpdir(), "deploy-cli-"));
  mkdirSync(join(out, "stacks/messenger-crm-dev"), { recursive: true });
  writeFileSync(join(out, "stacks/messenger-crm-dev/cdk.tf.json"), synthesizedEnvironment(dev).text);
});
afterAll(() => rmSync(out, { recursive: true, force: true }));
afterEach(() => aws?.stop());

/** Runs a command line in this process, with no AWS settings but the given ones. */
async function run(args: readonly string[], env: NodeJS.ProcessEnv = CREDENTIALS) {
  const none = join(out, "none");
  const before = process.env;
  process.env = {
    ...isolatedEnvironment(before),
    AWS_CONFIG_FILE: none,
    AWS_SHARED_CREDENTIALS_FILE: none,
    AWS_EC2_METADATA_DISABLED: "true",
    AWS_MAX_ATTEMPTS: "1",
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
    ...env,
  };
  const printed: string[] = [];
  try {
    const code = await operate(args, (text) => printed.push(text));
    return { code, stdout: printed.join("\n"), stderr: "" };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { code: 1, stdout: printed.join("\n"), stderr: error.message };
  } finally {
    process.env = before;
  }
}

async function status(script: Script, env?: NodeJS.ProcessEnv) {
  aws = await ScriptedAws.start(script);
  return run(["status", "dev", "--out", out, "--endpoint", aws.endpoint], env);
}

it.each([
  [[], /^usage: node --import tsx tools\/deploy\/cli\.ts <command> <environment>.*rollback +Returns the service/s],
  [["--help"], /^usage: node/],
  [["deploy", "--help"], /^usage: make deploy .*--accept ADDRESS.*--endpoint URL/s],
  [["status", "dev", "-h"], /^usage: make status /],
])("%j prints help", async (args, text) => {
  const { code, stdout, stderr } = await run(args);
  expect(stdout).toMatch(text);
  expect([code, stderr]).toEqual([0, ""]);
});

it.each([
  [
    ["undeploy", "dev"],
    "command: expected bootstrap, image, deploy, migrate, scale, secrets, destroy, status, rollback, logs, got undeploy.",
  ],
  [["status"], "environment: expected one, such as dev, got none."],
  [["status", "dev", "prod"], "environment: expected one, such as dev, got dev prod."],
  [["rollback", "dev", "--to", "last"], "--to: expected the number of a revision, such as 12, got last."],
  [["logs", "dev", "--since", "1w"], "--since: expected a time such as 90s, 15m, 2h or 1d, got 1w."],
  [["deploy", "dev", "--fail-on", "rain"], "--fail-on: expected data-loss, outage"],
  [["scale", "dev", "--min", "many"], "--min: expected a number of tasks, such as 6, got many."],
  [["secrets", "dev", "show", "X"], "secrets: expected list, set NAME or rotate NAME, got show X."],
  [["secrets", "dev", "set", "X", "hunter2"], "secrets: expected list, set NAME or rotate NAME"],
  [["destroy", "dev", "--yes"], "Unknown option '--yes'"],
  [["bootstrap", "dev"], "bootstrap: expected options only, got dev."],
  [["status", "dev", "--jsno"], "Unknown option '--jsno'"],
])("%j is refused in words", async (args, text) => {
  const { code, stdout, stderr } = await run(args);
  expect(stderr).toContain(text);
  expect(stderr).not.toContain("hunter2");
  expect([code, stdout]).toEqual([1, ""]);
});

it.each<[string, Script, RegExp]>([
  [
    "expired credentials",
    { GetCallerIdentity: new AwsFault("ExpiredToken", "The security token included in the request is expired", 403) },
    /^AWS credentials: expected valid ones, but they have expired \(The security token included in the request is expired\)\. Sign in again/,
  ],
  [
    "credentials that AWS does not know",
    { GetCallerIdentity: new AwsFault("InvalidClientTokenId", "The security token is invalid.", 403) },
    /^AWS credentials: expected valid ones, but AWS does not accept them/,
  ],
  [
    "credentials of another account",
    { GetCallerIdentity: "<Account>999999999999</Account><Arn>arn:aws:iam::999999999999:user/me</Arn>" },
    /^messenger-crm-dev: expected credentials of account 123456789012, got arn:aws:iam::999999999999:user\/me of account 999999999999\. Choose another AWS_PROFILE\.$/,
  ],
  [
    "a missing right",
    {
      DescribeServices: new AwsFault(
        "AccessDeniedException",
        "User: arn:aws:iam::123456789012:user/ops is not authorized to perform: ecs:DescribeServices",
      ),
    },
    /^AWS: not allowed\. User: arn:aws:iam::123456789012:user\/ops is not authorized to perform: ecs:DescribeServices\. Ask for this permission/,
  ],
  [
    "too many requests",
    { DescribeServices: new AwsFault("ThrottlingException", "Rate exceeded") },
    /^AWS: too many requests/,
  ],
  [
    "any other refusal",
    { DescribeServices: new AwsFault("InvalidParameterException", "Odd.") },
    /^AWS: InvalidParameterException: Odd\.$/,
  ],
  [
    "no service",
    { DescribeServices: { services: [] } },
    /^messenger-crm-dev: expected the service messenger-crm-dev in the cluster messenger-crm-dev, found none/,
  ],
])("%s is an error in words", async (_, script, text) => {
  const { code, stdout, stderr } = await status(script);
  expect(stderr.trim()).toMatch(text);
  expect([code, stdout]).toEqual([1, ""]);
});

it("no credentials is an error in words", async () => {
  const { code, stderr } = await status({}, {});
  expect(stderr).toMatch(
    /^AWS credentials: expected some, found none \(.+\)\. Sign in \(`aws sso login`\), set AWS_PROFILE/,
  );
  expect(code).toBe(1);
});

it("an endpoint that nobody listens on is an error in words", async () => {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  await new Promise((closed) => server.close(closed));
  const { code, stderr } = await run(["status", "dev", "--out", out, "--endpoint", `http://127.0.0.1:${port}`]);
  expect(stderr).toMatch(/^AWS: expected an answer, but its endpoint cannot be reached \(.*ECONNREFUSED/);
  expect(code).toBe(1);
});

it("bootstrap --json prints the report on standard output, and nothing else there", async () => {
  aws = await ScriptedAws.start({ GetServiceQuota: { Quota: { Value: 1 } } });
  const progress = jest.spyOn(console, "error").mockImplementation(() => undefined);
  try {
    const place = ["--out", out, "--endpoint", aws.endpoint, "--no-synth", "--no-ci", "--no-registry"];
    const { code, stdout } = await run(["bootstrap", ...place, "--check", "--json"]);
    expect(JSON.parse(stdout)).toMatchObject({
      command: "bootstrap",
      accountId: "123456789012",
      stacks: ["messenger-crm-dev"],
      findings: [
        { subject: "quotas in ap-northeast-1", problems: [expect.stringContaining("got 1.")], isChanged: false },
      ],
      ready: false,
    });
    expect(code).toBe(2);
    expect(progress.mock.calls.flat().join("\n")).toContain("PROBLEM Fargate Spot vCPUs");
  } finally {
    progress.mockRestore();
  }
});
