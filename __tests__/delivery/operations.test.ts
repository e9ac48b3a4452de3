import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { GetSecretValueCommand } from "@aws-sdk/client-secrets-manager";
import { AwsSimulator } from "../../tools/simulator/aws-simulator";
import { simulatorVariables } from "../../tools/simulator/environment";
import { findPrograms } from "../../tools/simulator/find-programs";
import { isolatedEnvironment } from "../../tools/terraform/environment";
import { type Clients, clients } from "../helpers/aws-clients";
import { ROOT } from "../helpers/run-program";
import { NAME, synthesizeSmallService } from "../terraform/deploy/small-service";

interface Result {
  readonly code: number | null;
  readonly output: string;
}

let simulator: AwsSimulator;
let aws: Clients;
let folder: string;
let out: string;
let env: NodeJS.ProcessEnv;

beforeAll(async () => {
  const programs = await findPrograms();
  simulator = await AwsSimulator.start({ python: programs.python });
  aws = clients(simulator.endpoint);
  folder = mkdtempSync(join(tmpdir(), "deploy-operations-"));
  out = join(folder, "out");
  cpSync(synthesizeSmallService({ operated: true }), join(out, "stacks", NAME, "cdk.tf.json"));
  const place = { endpoint: simulator.endpoint, region: "ap-northeast-1" };
  env = {
    ...isolatedEnvironment(process.env),
    ...simulatorVariables(place, folder, programs.providerMirror),
    TERRAFORM_BIN: programs.terraform.path,
  };
});

afterAll(async () => {
  await simulator?.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function operate(command: string, ...args: readonly string[]): Promise<Result> {
  const place = ["dev", "--out", out, "--endpoint", simulator.endpoint];
  const all = ["--import", "tsx", "tools/deploy/cli.ts", command, ...place, ...args];
  const child = spawn(process.execPath, all, { cwd: ROOT, env, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => (output += chunk.toString()));
  await once(child, "close");
  return { code: child.exitCode, output };
}

async function currentValue(): Promise<string> {
  const query = new GetSecretValueCommand({ SecretId: `${NAME}/nextauth-secret` });
  return (await aws.secrets.send(query)).SecretString!;
}

describe("an environment", () => {
  it("is deployed", async () => {
    const { code, output } = await operate("deploy", "--no-synth", "--yes");
    expect(output).toContain("crm-dev is steady on revision 1.");
    expect(code).toBe(0);
  });

  it("has its secret rotated, and Terraform's next plan leaves it alone", async () => {
    const before = await currentValue();
    const { code, output } = await operate("secrets", "rotate", "NEXTAUTH_SECRET", "--yes");
    expect([code, output]).toEqual([0, expect.stringContaining("NEXTAUTH_SECRET: done.") as string]);
    const [signing, accepted] = (await currentValue()).split(",");
    expect(accepted).toBe(before);
    expect(signing).toMatch(/^[A-Za-z0-9]{48}$/);
    expect(output).not.toContain(before);
    expect(output).not.toContain(signing);
    expect((await operate("secrets", "list")).output).toContain("the old value is accepted until --finish");
    expect((await operate("secrets", "rotate", "NEXTAUTH_SECRET", "--finish", "--yes")).code).toBe(0);
    expect(await currentValue()).toBe(signing);
    expect((await operate("deploy", "--no-synth", "--yes")).output).toContain("nothing to change");
    expect(await currentValue()).toBe(signing);
  });

  it("is scaled at once, and the next plan shows what it would return to", async () => {
    const { code, output } = await operate("scale", "--min", "3", "--max", "6", "--yes");
    expect(output).toContain("crm-dev runs 3 tasks; the autoscaler chooses between 3 to 6.");
    expect(code).toBe(0);
    const status = await operate("status");
    expect(status.output).toContain("limits     3 to 6 tasks, scaled by hand; the next apply returns to 2 to 4");
    const planned = await operate("deploy", "--no-synth", "--plan-only");
    expect(planned.output).toContain("max_capacity");
    expect((await operate("scale", "--reset", "--yes")).code).toBe(0);
    expect((await operate("deploy", "--no-synth", "--yes")).output).toContain("nothing to change");
  });

  it("is not destroyed with its data unless that is said, too", async () => {
    const { code, output } = await operate("destroy", "--no-synth", "--confirm", NAME);
    expect(output).toContain("expected no loss of data, got:");
    expect(output).toContain("aws_cloudwatch_log_group");
    expect(code).toBe(1);
    expect((await operate("status")).code).toBe(0);
  });

  it("is destroyed, and AWS lists nothing of it any more", async () => {
    const { code, output } = await operate("destroy", "--no-synth", "--delete-data", "--confirm", NAME);
    expect(output).toMatch(/crm-dev: Terraform destroyed \d+ resources\./);
    expect(output).not.toContain("Not by design");
    expect(code).toBe(0);
    const again = await operate("destroy", "--no-synth", "--delete-data", "--confirm", NAME);
    expect(again.output).toContain("nothing to destroy, the state is empty.");
    expect(again.code).toBe(0);
  });
});
