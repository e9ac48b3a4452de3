import {
  DescribeRepositoriesCommand,
  ECRClient,
  PutImageCommand,
  PutImageTagMutabilityCommand,
} from "@aws-sdk/client-ecr";
import { CreateBucketCommand, ListObjectsV2Command, S3Client } from "@aws-sdk/client-s3";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { dev } from "../../environments/dev";
import { AwsSimulator } from "../../tools/simulator/aws-simulator";
import { simulatorVariables } from "../../tools/simulator/environment";
import { findPrograms } from "../../tools/simulator/find-programs";
import { isolatedEnvironment } from "../../tools/terraform/environment";
import { FakeGithub } from "../ci/fake-github";
import { type JobRun, runJob, type Values } from "../ci/run-job";
import { jobs, workflowOf } from "../ci/workflow";
import { ROOT } from "../helpers/run-program";
import { shell } from "../helpers/shell";

/** The workflows run as they are, on the smallest stack. */
const STACK = "messenger-crm-registry";
const REGION = "ap-northeast-1";
const BUCKET = dev.state.bucket;

let simulator: AwsSimulator;
let github: FakeGithub;
let folder: string;
let env: NodeJS.ProcessEnv;
let runners = 0;
/** Jobs that have run, as `plan.yml: comment`. */
const ran = new Set<string>();

beforeAll(async () => {
  const { python, terraform, providerMirror } = await findPrograms();
  [simulator, github] = [await AwsSimulator.start({ python }), await FakeGithub.start()];
  folder = mkdtempSync(join(tmpdir(), "pipeline-"));
  env = {
    ...isolatedEnvironment(process.env),
    ...simulatorVariables({ endpoint: simulator.endpoint, region: REGION }, folder, providerMirror),
    ...github.env,
    PATH: `${dirname(terraform.path)}:${process.env["PATH"] ?? ""}`,
    TERRAFORM_BIN: terraform.path,
    // A bucket's name in front of the simulator's address has no meaning there.
    TF_CLI_ARGS_init: "-backend-config=use_path_style=true",
    MAKE_EXTRA: "ENV=registry",
  };
  await s3().send(
    new CreateBucketCommand({ Bucket: BUCKET, CreateBucketConfiguration: { LocationConstraint: REGION } }),
  );
});

afterAll(async () => {
  await simulator?.stop();
  await github?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const credentials = { accessKeyId: "testing", secretAccessKey: "testing" };
const s3 = () => new S3Client({ region: REGION, endpoint: simulator.endpoint, forcePathStyle: true, credentials });
const ecr = () => new ECRClient({ region: REGION, endpoint: simulator.endpoint, credentials });

/** A machine of its own for each job: what it needs of the repository, and nothing that an earlier job left behind. */
function checkOut(): string {
  const checkout = join(folder, `runner-${++runners}`);
  mkdirSync(checkout);
  const sources = [
    "main.ts",
    "app/contract.ts",
    "environments",
    "modules",
    "policies",
    "stacks",
    "tools",
    ".ci",
    "Makefile",
  ];
  for (const source of [...sources, "package.json", "package-lock.json", "tsconfig.json"]) {
    cpSync(join(ROOT, source), join(checkout, source), {
      recursive: true,
      filter: (path) => !path.includes("node_modules"),
    });
  }
  symlinkSync(join(ROOT, "node_modules"), join(checkout, "node_modules"));
  return checkout;
}

/** Runs one job on a new machine. */
function run(workflow: string, job: string, values: Values = {}): Promise<JobRun> {
  const { [job]: definition } = workflowOf(workflow).jobs;
  ran.add(`${workflow}: ${job}`);
  const secrets = { "secrets.ORIGIN_SECRET": "", "vars.PLAN_ACCEPT": "", "github.token": github.env["GITHUB_TOKEN"]! };
  const runner = { folder: checkOut(), env, artifacts: join(folder, "artifacts") };
  return runJob(definition!, runner, { ...secrets, ...values });
}

async function storedFiles(): Promise<string[]> {
  const { Contents = [] } = await s3().send(new ListObjectsV2Command({ Bucket: BUCKET, Prefix: `${STACK}/plans/` }));
  return Contents.map(({ Key = "" }) => Key).sort();
}

async function repositories(): Promise<string[]> {
  const { repositories: all = [] } = await ecr().send(new DescribeRepositoriesCommand({}));
  return all.map(({ repositoryName = "" }) => repositoryName);
}

/** An image of nothing. */
const MANIFEST = JSON.stringify({
  schemaVersion: 2,
  mediaType: "application/vnd.oci.image.manifest.v1+json",
  config: { mediaType: "application/vnd.oci.image.config.v1+json", size: 2, digest: `sha256:${"1".repeat(64)}` },
  layers: [],
});

/** Prints its arguments. `docker buildx build` says in its metadata that it has pushed the digest; cosign ends as COSIGN says. */
function programThatLogs(program: string, digest: string): string {
  const metadata = JSON.stringify({ "containerimage.digest": digest });
  return `#!/usr/bin/env bash
echo ${program} "$@"
if [ ${program} = cosign ]; then eval "$COSIGN"; fi
while [ $# -gt 0 ]; do
  if [ "$1" = --metadata-file ]; then echo '${metadata}' >"$2"; fi
  shift
done
`;
}

const PULL_REQUEST = { "github.event.pull_request.number": "7", "github.event.pull_request.head.sha": "abc123" };
const REGISTRY = { "inputs.environment": "registry", "inputs.image_digest": "" };

function passed(result: JobRun): JobRun {
  if (result.failed) throw new Error(result.log);
  return result;
}

it("a pull request is judged, planned and commented on once, and changes nothing", async () => {
  passed(await run("plan.yml", "policies"));
  const plan = passed(await run("plan.yml", "plan", PULL_REQUEST));
  expect(plan.log).toContain(`${STACK}: 2 to add, 0 to change, 0 to destroy\n`);
  expect(passed(await run("plan.yml", "comment", PULL_REQUEST)).log).toContain("comment on 7: created");
  expect(passed(await run("plan.yml", "comment", PULL_REQUEST)).log).toContain("comment on 7: updated");
  const [comment, ...others] = github.commentsOn(7);
  expect(others).toEqual([]);
  expect(comment?.body).toMatch(/^<!-- plan-report -->\n## Plan of `messenger-crm-registry`: 2 to create/);
  expect(comment?.body).toContain("commit `abc123`");
  expect([await storedFiles(), await repositories()]).toEqual([[], []]);
});

it("a comment says that there is no report when the plan failed before it", async () => {
  rmSync(join(folder, "artifacts"), { recursive: true });
  passed(await run("plan.yml", "comment", PULL_REQUEST));
  expect(github.commentsOn(7).map(({ body }) => body)).toEqual([expect.stringContaining("**No report**")]);
});

it("a merge applies the plan that was shown, on another machine, and refuses any other", async () => {
  const plan = passed(
    await run("apply.yml", "plan", { ...REGISTRY, "github.run_id": "1001", "github.run_attempt": "1" }),
  );
  expect(plan.outputs).toEqual({
    changes: "true",
    plan_id: "1001-1",
    plan_sha256: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
  });
  expect(plan.summary).toContain("Plan of `messenger-crm-registry`: 2 to create");
  const files = [`${STACK}/plans/1001-1/.terraform.lock.hcl`, `${STACK}/plans/1001-1/plan.tfplan`];
  expect(await storedFiles()).toEqual(files);

  const needs = (sha256: string) => ({
    ...REGISTRY,
    "needs.plan.outputs.plan_id": plan.outputs["plan_id"]!,
    "needs.plan.outputs.plan_sha256": sha256,
  });
  const refused = await run("apply.yml", "apply", needs("0".repeat(64)));
  expect(refused.failed).toBe(true);
  expect(refused.log).toContain(
    `expected the plan that was reviewed, with SHA-256 ${"0".repeat(64)}, got ${plan.outputs["plan_sha256"]}. Nothing was applied.`,
  );
  expect(await repositories()).toEqual([]);

  const applied = passed(await run("apply.yml", "apply", needs(plan.outputs["plan_sha256"]!)));
  expect(applied.log).toContain(`${STACK}: 2 added, 0 changed, 0 destroyed`);
  expect([await storedFiles(), await repositories()]).toEqual([[], ["messenger-crm"]]);

  const again = await run("apply.yml", "apply", needs(plan.outputs["plan_sha256"]!));
  expect(again.log).toContain("expected the reviewed plan, found none. It was applied already, or has expired.");
});

it("the image is built once for each content of app/, and has its tag only when it is signed", async () => {
  const [{ image }, programs] = [workflowOf("deploy.yml").jobs, join(folder, "programs")];
  const { image: pushed } = await ecr().send(
    new PutImageCommand({ repositoryName: "messenger-crm", imageManifest: MANIFEST }),
  );
  const digest = pushed?.imageId?.imageDigest ?? "";
  mkdirSync(programs);
  for (const program of ["docker", "syft", "cosign"]) {
    writeFileSync(join(programs, program), programThatLogs(program, digest), { mode: 0o755 });
  }
  ran.add("deploy.yml: image");
  const machine = async (cosign: string) => {
    const checkout = checkOut();
    const commit = "git init -q && git add app && git -c user.name=t -c user.email=t@example.com commit -qm app";
    expect((await shell(commit, checkout, env)).status).toBe(0);
    const path = `${programs}:${env["PATH"]}`;
    return runJob(
      image!,
      { folder: checkout, env: { ...env, PATH: path, MAKE_EXTRA: "", COSIGN: cosign }, artifacts: folder },
      {},
    );
  };

  const unsigned = await machine("exit 3");
  expect([unsigned.failed, unsigned.log]).toEqual([
    true,
    expect.stringContaining("cosign sign --yes: failed with exit code 3"),
  ]);
  const built = passed(await machine("exit 0"));
  expect(built.outputs).toEqual({ digest });
  const reference = `123456789012.dkr.ecr.${REGION}.amazonaws.com/messenger-crm@${digest}`;
  expect(built.log).toMatch(
    new RegExp(
      [
        "docker login --username AWS --password-stdin 123456789012\\.dkr\\.ecr\\.ap-northeast-1\\.amazonaws\\.com",
        "docker buildx build --platform linux/arm64 .*push-by-digest=true.* app",
        `syft scan registry:${reference} `,
        `cosign sign --yes ${reference}`,
        `cosign attest --yes --type spdxjson --predicate \\S+ ${reference}`,
      ].join("[^]*"),
    ),
  );
  const again = passed(await machine("exit 0"));
  expect(again.outputs).toEqual({ digest });
  expect(again.log).toContain("there already, because nothing in app/ has changed since");
  expect(again.log).not.toContain("docker buildx build");
});

it("a merge without changes stores nothing, and asks nobody", async () => {
  const plan = passed(
    await run("apply.yml", "plan", { ...REGISTRY, "github.run_id": "1002", "github.run_attempt": "1" }),
  );
  expect(plan.outputs).toEqual({ changes: "false", plan_id: "", plan_sha256: "" });
  expect(await storedFiles()).toEqual([]);
});

it("an environment is planned with the digest of the image that was built", async () => {
  const digest = `sha256:${"ab".repeat(32)}`;
  const inputs = { "inputs.environment": "dev", "inputs.image_digest": digest, "github.run_id": "1003" };
  const runner = { folder: checkOut(), env: { ...env, MAKE_EXTRA: "" }, artifacts: folder };
  const values = { ...inputs, "github.run_attempt": "1", "secrets.ORIGIN_SECRET": "", "vars.PLAN_ACCEPT": "" };
  const plan = passed(await runJob(workflowOf("apply.yml").jobs["plan"]!, runner, values));
  expect(plan.outputs["changes"]).toBe("true");
  const show = "terraform -chdir=cdktf.out/stacks/messenger-crm-dev show -json plan.tfplan";
  // The containers themselves are known only at apply: they name databases that do not exist yet.
  expect((await shell(show, runner.folder, env)).output).toContain(`"image_digest":{"value":"${digest}"}`);
});

it("drift opens one issue, keeps it, and closes it", async () => {
  const check = async (): Promise<string | undefined> => {
    const { outputs } = passed(await run("drift.yml", "check"));
    passed(await run("drift.yml", "issue", { "needs.check.outputs.changes": outputs["changes"]! }));
    return outputs["changes"];
  };
  const setMutability = (imageTagMutability: "MUTABLE" | "IMMUTABLE") =>
    ecr().send(new PutImageTagMutabilityCommand({ repositoryName: "messenger-crm", imageTagMutability }));
  expect([await check(), github.issues]).toEqual(["false", []]);
  await setMutability("MUTABLE");
  expect(await check()).toBe("true");
  expect(github.issues).toMatchObject([{ state: "open", labels: ["drift"] }]);
  expect(github.issues[0]?.body).toMatch(
    /^<!-- drift -->\n## Plan of `messenger-crm-registry`: 0 to create, 1 to update/,
  );
  await setMutability("IMMUTABLE");
  expect(await check()).toBe("false");
  expect(github.issues).toMatchObject([{ state: "closed" }]);
});

it("a plan that fails is reported without Terraform's words in the log, and nothing is stored", async () => {
  const checkout = checkOut();
  const { plan } = workflowOf("apply.yml").jobs;
  const values = {
    ...REGISTRY,
    "github.run_id": "1004",
    "github.run_attempt": "1",
    "secrets.ORIGIN_SECRET": "",
    "vars.PLAN_ACCEPT": "",
  };
  const broken = {
    ...env,
    TF_CLI_ARGS_init: "-backend-config=bucket=no-such-bucket -backend-config=use_path_style=true",
  };
  const result = await runJob(plan!, { folder: checkout, env: broken, artifacts: folder }, values);
  expect(result.failed).toBe(true);
  expect(result.log).toContain(`${STACK}: FAILED`);
  expect(result.log).toContain("planning failed, so there is nothing to apply");
  expect(result.summary).toContain("Planning failed: this plan cannot be applied.");
  expect(readdirSync(join(checkout, "cdktf.out/stacks", STACK))).not.toContain("plan.tfplan");
  expect(await storedFiles()).toEqual([]);
});

it("has run every job of the workflows, but for the tests themselves", () => {
  const withSteps = jobs.filter(([, { steps }]) => steps !== undefined).map(([label]) => label);
  expect([...ran, "test.yml: test"].sort()).toEqual(withSteps.sort());
});
