import { spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { type Summary } from "../../../tools/up/summary";

const UP = resolve(__dirname, "../../../tools/up/cli.ts");
const TERRAFORM = { required_providers: { aws: { source: "aws", version: "5.100.0" } } };
const PROVIDER = { aws: [{ region: "ap-northeast-1", allowed_account_ids: ["111122223333"] }] };

/** A stack that works, one that drifts as on AWS, and one with the classic mistake in a filter pattern. */
const STACKS = {
  "tiny-registry": {
    aws_ecr_repository: { app: { "//": { metadata: { path: "tiny-registry/images/app" } }, name: "app" } },
    aws_sns_topic: { alerts: { name: "alerts" } },
  },
  drifting: {
    aws_elasticache_user: {
      it: {
        user_id: "it",
        user_name: "it",
        engine: "valkey",
        access_string: "on ~* +@all",
        authentication_mode: { type: "no-password-required" },
      },
    },
  },
  failing: {
    aws_cloudwatch_log_group: { app: { name: "/app" } },
    aws_cloudwatch_log_metric_filter: {
      connects: {
        name: "connects",
        log_group_name: "${aws_cloudwatch_log_group.app.name}",
        pattern: "[WebSocket] Client connected",
        metric_transformation: { name: "Connects", namespace: "App", value: "1" },
      },
    },
  },
};

describe("make up, in an empty home", () => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "up-")));
  const mark = `SIMULATOR_TEST_MARK=${folder}`;
  let output: string;
  let status: number | null;

  beforeAll(() => {
    for (const [name, resource] of Object.entries(STACKS)) {
      mkdirSync(join(folder, "cdktf.out/stacks", name), { recursive: true });
      const stack = { terraform: { ...TERRAFORM, backend: { s3: {} } }, provider: PROVIDER, resource };
      writeFileSync(join(folder, "cdktf.out/stacks", name, "cdk.tf.json"), JSON.stringify(stack));
    }
    mkdirSync(join(folder, "home"));
    const result = spawnSync(process.execPath, ["--import", require.resolve("tsx"), UP], {
      cwd: folder,
      env: { ...process.env, HOME: join(folder, "home"), SIMULATOR_TEST_MARK: folder, TF_CLI_CONFIG_FILE: "/nowhere" },
      encoding: "utf8",
    });
    output = result.stdout + result.stderr;
    status = result.status;
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it("fails, since two stacks fail, and still finishes the third", () => {
    expect(output).toContain("2 of 3 stacks failed");
    expect(status).toBe(1);
    const summary = JSON.parse(readFileSync(join(folder, ".simulator/summary.json"), "utf8")) as Summary;
    expect(summary.failures.map(({ stack }) => stack)).toEqual(["drifting", "failing"]);
    expect(summary.stacks).toMatchObject([
      {
        stack: "tiny-registry",
        accountId: "111122223333",
        resources: 2,
        resourcesByModule: { images: 1, "(root)": 1 },
        secondPlan: "no changes",
        apiModels: { operations: expect.arrayContaining(["ecr:CreateRepository", "sns:CreateTopic"]) as unknown },
      },
    ]);
  });

  it("names the attribute that drifts", () => {
    expect(output).toContain("drifting: the plan right after apply wants changes (expected none)");
    expect(output).toContain("aws_elasticache_user.it (update): authentication_mode[0].type");
  });

  it("shows Terraform's own error with the resource", () => {
    expect(output).toContain("failing: terraform apply failed");
    expect(output).toContain("at aws_cloudwatch_log_metric_filter.connects");
    expect(output).toContain("put it in double quotes inside the pattern");
  });

  it("leaves an unchanged copy and the state, and no process", () => {
    const copy = join(folder, ".simulator/tiny-registry");
    const original = join(folder, "cdktf.out/stacks/tiny-registry/cdk.tf.json");
    expect(readFileSync(join(copy, "cdk.tf.json"), "utf8")).toBe(readFileSync(original, "utf8"));
    expect(existsSync(join(copy, "terraform.tfstate"))).toBe(true);
    expect(processesWith(mark)).toEqual([]);
  });
});

/** The ids of all processes that have this in their environment. */
function processesWith(text: string): string[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        return readFileSync(join("/proc", pid, "environ"), "latin1").includes(text);
      } catch {
        return false;
      }
    });
}
