import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { PutRetentionPolicyCommand } from "@aws-sdk/client-cloudwatch-logs";
import { CreateRepositoryCommand, PutImageCommand } from "@aws-sdk/client-ecr";
import { AwsSimulator } from "../../../tools/simulator/aws-simulator";
import { simulatorVariables } from "../../../tools/simulator/environment";
import { findPrograms, type Programs } from "../../../tools/simulator/find-programs";
import { isolatedEnvironment } from "../../../tools/terraform/environment";
import { clients } from "../../helpers/aws-clients";
import { ROOT } from "../../helpers/run-program";
import { REPOSITORY, type SmallService, synthesizeSmallService } from "./small-service";

interface Result {
  readonly code: number | null;
  readonly output: string;
}

let programs: Programs;
let simulator: AwsSimulator;
let folder: string;
let out: string;
let env: NodeJS.ProcessEnv;
const digests: string[] = [];

beforeAll(async () => {
  programs = await findPrograms();
  simulator = await AwsSimulator.start({ python: programs.python });
  folder = mkdtempSync(join(tmpdir(), "deploy-commands-"));
  out = join(folder, "out");
  synthesizeTo({});
  const aws = { endpoint: simulator.endpoint, region: "ap-northeast-1" };
  // No AWS_ENDPOINT_URL: the commands have to pass --endpoint on.
  const variables: NodeJS.ProcessEnv = simulatorVariables(aws, folder, programs.providerMirror);
  delete variables["AWS_ENDPOINT_URL"];
  env = { ...isolatedEnvironment(process.env), ...variables, TERRAFORM_BIN: programs.terraform.path };
  await pushImages();
});

afterAll(async () => {
  await simulator?.stop();
  rmSync(folder, { recursive: true, force: true });
});

function synthesizeTo(settings: SmallService): void {
  cpSync(synthesizeSmallService(settings), join(out, "stacks/crm-dev/cdk.tf.json"));
}

async function pushImages(): Promise<void> {
  const { ecr } = clients(simulator.endpoint);
  await ecr.send(new CreateRepositoryCommand({ repositoryName: "crm" }));
  for (const [tag, digit] of [
    ["one", "1"],
    ["two", "2"],
  ] as const) {
    const imageDigest = `sha256:${digit.repeat(64)}`;
    const mediaType = "application/vnd.oci.image.manifest.v1+json";
    const imageManifest = JSON.stringify({ schemaVersion: 2, mediaType, annotations: { tag } });
    await ecr.send(new PutImageCommand({ repositoryName: "crm", imageTag: tag, imageDigest, imageManifest }));
    digests.push(imageDigest);
  }
}

interface Started {
  readonly child: ChildProcess;
  readonly result: Promise<Result>;
  readonly printed: () => string;
}

function start(
  command: string,
  args: readonly string[],
  place = { out, endpoint: simulator.endpoint },
  cli = "tools/deploy/cli.ts",
): Started {
  const where = ["--out", place.out, "--endpoint", place.endpoint];
  const all = ["--import", "tsx", cli, command, "dev", ...where, ...args];
  const child = spawn(process.execPath, all, { cwd: ROOT, env, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => (output += chunk.toString()));
  const result = once(child, "close").then(() => ({ code: child.exitCode, output }));
  return { child, result, printed: () => output };
}

const run = (command: string, ...args: readonly string[]) => start(command, args).result;
const deploy = (...args: readonly string[]) => run("deploy", "--no-synth", ...args);

it("status says that nothing is deployed", async () => {
  const { code, output } = await run("status");
  expect(output).toBe(
    "crm-dev: expected the service crm-dev in the cluster crm-dev, found none: nothing is deployed there. Run `make deploy`.\n",
  );
  expect(code).toBe(1);
});

it("deploy reports the plan, and changes nothing without a person or --yes", async () => {
  const planned = await deploy("--plan-only");
  expect(planned).toMatchObject({ code: 0, output: expect.stringContaining("Plan of crm-dev: ") as string });
  const asked = await deploy();
  expect(asked.output).toContain("expected a person at a terminal, found none. Pass --yes in a pipeline.");
  expect(asked.code).toBe(1);
  expect((await run("status")).code).toBe(1);
});

it("deploy creates the environment and waits until its service is steady", async () => {
  const { code, output } = await deploy("--yes");
  expect(output).toContain("crm-dev is steady on revision 1.");
  expect(code).toBe(0);
  const status = await run("status");
  expect(status.output).toContain(`image      ${REPOSITORY}:0.1.0`);
  expect(status.output).toContain("terraform  the next plan keeps this image");
  expect(status.code).toBe(0);
});

it("deploy refuses an image that the repository does not have", async () => {
  const { code, output } = await deploy("--yes", "--image", "three");
  expect(output).toBe(
    `crm-dev: expected the image three in ${REPOSITORY}, found none. Push it (\`make image\`), or list what is there: aws ecr describe-images --repository-name crm.\n`,
  );
  expect(code).toBe(1);
});

it("deploy runs a tag by its digest, and keeps it afterwards", async () => {
  const { code, output } = await deploy("--yes", "--image", "one");
  expect(output).toContain(`Image: ${REPOSITORY}@${digests[0]}`);
  expect(output).toContain("Rolling deployment of 2 tasks");
  expect(code).toBe(0);
  expect((await run("status")).output).toContain(`image      ${REPOSITORY}@${digests[0]}`);
  expect(await deploy("--yes")).toMatchObject({
    code: 0,
    output: expect.stringContaining("nothing to change") as string,
  });
});

it("says in words who has locked the state", async () => {
  const script =
    "import fcntl, json, sys\n" +
    "open('.terraform.tfstate.lock.info', 'w').write(json.dumps({'ID': 'a1b2', 'Operation': 'OperationTypeApply', 'Who': 'alice@laptop', 'Version': '1.11.4', 'Created': '2026-11-30T06:00:00Z', 'Path': 'terraform.tfstate'}))\n" +
    "state = open('terraform.tfstate', 'r+')\n" +
    "fcntl.lockf(state, fcntl.LOCK_EX)\n" +
    "print('locked', flush=True)\n" +
    "sys.stdin.read()\n";
  const cwd = join(out, "stacks/crm-dev");
  const holder = spawn(programs.python.path, ["-c", script], { cwd, stdio: ["pipe", "pipe", "inherit"] });
  await once(holder.stdout, "data");
  try {
    const { code, output } = await deploy("--yes", "--image", "two");
    expect(output).toContain(
      `state: expected it to be free, but alice@laptop has it locked since 2026-11-30 06:00:00 +0000 UTC (apply). Wait until that has ended, and repeat the command. If it has died: terraform -chdir=${cwd} force-unlock a1b2`,
    );
    expect(code).toBe(1);
  } finally {
    holder.stdin.end();
    await once(holder, "close");
    rmSync(join(cwd, ".terraform.tfstate.lock.info"), { force: true });
  }
});

it("deploy runs another image", async () => {
  expect((await deploy("--yes", "--image", "two")).code).toBe(0);
  expect((await run("status")).output).toContain(`image      ${REPOSITORY}@${digests[1]}`);
});

it("rollback returns to the image before, and deploy has nothing to do about it", async () => {
  const { code, output } = await run("rollback", "--yes");
  expect(output).toContain(`crm-dev runs revision 2: ${REPOSITORY}@${digests[0]}`);
  expect(code).toBe(0);
  const status = await run("status", "--json");
  expect(JSON.parse(status.output)).toMatchObject({ inStep: true, steady: true, image: `${REPOSITORY}@${digests[0]}` });
  expect((await deploy("--yes")).output).toContain("nothing to change");
});

it("doctor finds what was changed beside Terraform, and nothing else", async () => {
  const doctor = (...args: readonly string[]) => {
    const place = { out, endpoint: simulator.endpoint };
    // The simulator has no quotas, and its tasks need no way out.
    return start("doctor", ["--skip", "quotas,way-out", ...args], place, "tools/doctor/cli.ts").result;
  };
  const healthy = await doctor("--plan");
  expect(healthy.output).toMatch(/ok +state-drift\n/);
  expect(healthy.output).toMatch(/- +targets +the service has no load balancer\n/);
  expect(healthy.output).toContain("\n0 errors, 0 warnings, ");
  expect(healthy.code).toBe(0);
  const { logs } = clients(simulator.endpoint);
  await logs.send(new PutRetentionPolicyCommand({ logGroupName: "/ecs/crm-dev", retentionInDays: 1 }));
  const { output, code } = await doctor("--plan");
  expect(output).toMatch(/WARNING +state-drift +1 resource was changed or deleted beside Terraform\./);
  expect(output).toMatch(/evidence {2}aws_cloudwatch_log_group\.\S+: retention_in_days\n/);
  expect(code).toBe(2);
});

it("deploy refuses an image where a pipeline deploys", async () => {
  synthesizeTo({ deployedBy: "pipeline" });
  const { code, output } = await deploy("--yes", "--image", "two");
  expect(output).toContain(
    "crm-dev: expected no image, because a pipeline deploys this environment (deployedBy), got two.",
  );
  expect(code).toBe(1);
  synthesizeTo({});
});

it("logs says that there are none before the first task, and refuses an unknown container", async () => {
  expect(await run("logs")).toEqual({ code: 0, output: "" });
  const { code, output } = await run("logs", "--container", "web");
  expect(output).toBe("--container: expected migration or app, got web.\n");
  expect(code).toBe(1);
});

it("every command names the folder of a stack that is not there", async () => {
  const wrong = join(dirname(out), "none");
  const { code, output } = await run("status", "--out", wrong);
  expect(output).toContain(`${join(wrong, "stacks")}: expected at least one stack`);
  expect(code).toBe(1);
});

it("deploy lets Terraform finish at Ctrl-C, and its state can be used again", async () => {
  // Of its own, because what Terraform was creating at that moment may exist without being in the state.
  const own = await AwsSimulator.start({ python: programs.python });
  const place = { out: join(folder, "interrupted"), endpoint: own.endpoint };
  try {
    cpSync(synthesizeSmallService(), join(place.out, "stacks/crm-dev/cdk.tf.json"));
    const { child, result, printed } = start("deploy", ["--no-synth", "--yes"], place);
    while (!printed().includes("aws_vpc.vpc: done")) {
      await new Promise((done) => setTimeout(done, 50));
      if (child.exitCode !== null) throw new Error(printed());
    }
    child.kill("SIGINT");
    const { code, output } = await result;
    expect(output).toContain("interrupted: Terraform ended what it was doing, wrote the state and released its lock.");
    expect(code).toBe(1);
    const next = await start("deploy", ["--no-synth", "--plan-only"], place).result;
    expect(next.output).toMatch(/Plan of crm-dev: [1-9]/);
    expect(next.output).not.toContain("aws_vpc.vpc");
    expect(next.code).toBe(0);
  } finally {
    await own.stop();
  }
});
