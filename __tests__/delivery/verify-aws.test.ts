import { existsSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { DescribeRepositoriesCommand } from "@aws-sdk/client-ecr";
import { ListTasksCommand, StopTaskCommand } from "@aws-sdk/client-ecs";
import { findingsOf } from "../../tools/doctor/report";
import { smoke } from "../../tools/smoke/run-checks";
import { stackFolder } from "../../tools/terraform/stacks";
import { EcsCompute } from "../../tools/twin/behind-ecs/ecs-compute";
import { imageOf } from "../../tools/twin/tasks/image";
import { AccountSteps } from "../../tools/verify-aws/account-steps";
import { Interruption } from "../../tools/verify-aws/interruption";
import { exitCodeOf, STEPS, type VerifyReport } from "../../tools/verify-aws/report";
import { RunFolder } from "../../tools/verify-aws/run-folder";
import { verifyAws } from "../../tools/verify-aws/verify-aws";
import { withShortTimes } from "../twin/short-times";
import { TIMES } from "./delivery";
import { remainingIn } from "./remaining";
import { REGION, type Result, SimulatedAccount, type StartOptions } from "./simulated-account";

const BUILT = imageOf(resolve(__dirname, "../../app/dist/image"));
/** Waits of the tools are for AWS, whose tasks take a minute to start. */
const LONGEST_WAIT_MS = 1_000;

let account: SimulatedAccount;
let compute: EcsCompute | undefined;
let env: NodeJS.ProcessEnv;

beforeAll(async () => {
  account = await SimulatedAccount.start();
  env = process.env;
});

afterAll(async () => {
  process.env = env;
  await compute?.stop();
  await account?.end();
});

/** Runs `make verify-aws` in a folder of its own. */
function verify(args: readonly string[], onOutput?: StartOptions["onOutput"]): Promise<Result> {
  const all = ["--region", REGION, "--endpoint", account.endpoint, ...args];
  return account.start("tools/verify-aws/cli.ts", all, { cwd: account.folder, onOutput }).ended;
}

/** Folders of runs. */
function runs(): string[] {
  const folder = join(account.folder, ".verify-aws");
  return existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : [];
}

it("says what it costs, and creates nothing unless a person says yes", async () => {
  const { code, output } = await verify([]);
  expect(output).toMatch(/Costs \d+ cents an hour: \d+ cents \(\$0\.\d\d\) for about 90 minutes/);
  expect(output).toContain("confirmation: expected a person at a terminal, found none.");
  expect(code).toBe(1);
  expect(runs()).toEqual([]);
  expect(await remainingIn(account.aws)).toEqual([]);
});

it("keeps the folder with the state when its destruction is interrupted, and says how to go on", async () => {
  let signals = 0;
  const { code, output } = await verify(["--yes"], (printed, child) => {
    const moments = [/\ndeploy\n/, /\ndestroy\n/];
    if (moments[signals]?.test(printed)) {
      signals++;
      child.kill("SIGINT");
    }
  });
  expect(output).toContain("Interrupted again");
  const [folder] = runs();
  expect(output).toContain(`make verify-aws ARGS="--resume ${folder}"`);
  expect(code).toBe(1);
  const { repositories = [] } = await account.aws.ecr.send(new DescribeRepositoriesCommand({}));
  expect(repositories.map(({ repositoryName }) => join(account.folder, ".verify-aws", repositoryName!))).toEqual([
    folder,
  ]);
});

describe("a run that is continued", () => {
  let report: VerifyReport;
  let printed = "";

  beforeAll(async () => {
    const folder = RunFolder.open(runs()[0]!);
    compute = await computeOf(folder);
    report = (await resumed(folder, compute, (text) => (printed += `${text}\n`)))!;
  });

  it("passes every step", () => {
    expect(report.steps.map(({ step, state, why }) => [step, state, why])).toEqual(
      STEPS.map((step) => [step, "passed", ""]),
    );
    expect(findingsOf(report.doctor!.outcomes)).toEqual([]);
    expect(exitCodeOf(report)).toBe(0);
  });

  it("sees what the items of docs/real-aws.md assume, where the simulator has it", () => {
    const titlesOf = (state: string) =>
      report.items.flatMap(({ title, outcome }) => (outcome.state === state ? [title] : []));
    expect(titlesOf("differs")).toEqual([]);
    expect(titlesOf("holds")).toEqual(
      expect.arrayContaining([
        "ElastiCache's rewriting of access strings",
        "Flow logs' permissions",
        "IAM authentication of the cache",
        "Key policy for log groups",
        "Quotas of Fargate",
        "Versions of a secret that Terraform wrote",
        "A list of what is left",
      ]),
    );
  });

  it("says what it does about the image repository", () => {
    expect(printed).toContain("The image repository of this run follows.");
    expect(printed).not.toContain("state's bucket");
  });

  it("leaves nothing, and no folder", async () => {
    expect(runs()).toEqual([]);
    expect((await account.aws.ecr.send(new DescribeRepositoriesCommand({}))).repositories).toEqual([]);
    const left = (await remainingIn(account.aws)).filter((name) => !name.startsWith("task definition "));
    expect(left).toEqual([]);
    expect(compute!.isRunning).toBe(false);
  });
});

it("sent nothing that AWS's API models refuse", async () => {
  expect((await account.simulator.report()).refused).toEqual([]);
});

/** Runs the tasks of a run's service on this machine. */
function computeOf({ out, record: { stack } }: RunFolder): Promise<EcsCompute> {
  const terraform = account.terraform(stackFolder(out, stack), stack);
  return EcsCompute.start({
    endpoint: account.endpoint,
    cluster: stack,
    service: stack,
    showState: () => terraform.showState(),
    imageOf: () => BUILT,
    adjust: (topology) => withShortTimes(topology, TIMES),
  });
}

/** Continues a run in this process, because the load balancer's own name leads nowhere: the smoke test has the twin's address. */
function resumed(folder: RunFolder, tasks: EcsCompute, print: (text: string) => void) {
  process.env = account.env;
  const interruption = new Interruption();
  const clock = {
    now: () => Date.now(),
    sleep: (ms: number, signal?: AbortSignal) =>
      wait(Math.min(ms, LONGEST_WAIT_MS), undefined, { signal }).catch(() => undefined),
  };
  const { endpoint } = account;
  const steps = new AccountSteps({ folder, endpoint, interruption, print, isContinued: true, clock });
  return verifyAws({
    folder,
    steps: { ...steps, smoke: () => smokeOf(folder, tasks) },
    interruption,
    print,
    confirm: () => Promise.resolve(true),
    isContinued: true,
    now: () => Date.now(),
  });
}

function smokeOf({ path, record: { stack: cluster } }: RunFolder, { twin: { url } }: EcsCompute) {
  const { ecs } = account.aws;
  const disturb = async () => {
    const { taskArns = [] } = await ecs.send(new ListTasksCommand({ cluster }));
    await ecs.send(new StopTaskCommand({ cluster, task: taskArns[0] }));
  };
  const settings = { tasks: 2, messages: 10, timeoutSec: 30, readOnly: false, idleSec: 5, disturbSec: 120 } as const;
  return smoke({ url, origin: url, ...settings, session: join(path, "smoke.json"), disturb });
}
