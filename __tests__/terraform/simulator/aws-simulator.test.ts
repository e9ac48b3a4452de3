import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { DescribeCertificateCommand } from "@aws-sdk/client-acm";
import { CreateVpcCommand, DescribeVpcsCommand } from "@aws-sdk/client-ec2";
import { AwsSimulator } from "../../../tools/simulator/aws-simulator";
import { findPrograms } from "../../../tools/simulator/find-programs";
import { clients } from "../../helpers/aws-clients";

const ROOT = resolve(__dirname, "../../..");
const CERTIFICATE = "arn:aws:acm:ap-northeast-1:111122223333:certificate/0c5a9c4e-1111-4222-8333-444455556666";

test("prerequisites exist before the first apply", async () => {
  const { python } = await findPrograms();
  const simulator = await AwsSimulator.start({
    python,
    accountId: "111122223333",
    certificates: [CERTIFICATE],
    seed: async (endpoint) => {
      await clients(endpoint).ec2.send(new CreateVpcCommand({ CidrBlock: "10.99.0.0/16" }));
    },
  });
  try {
    const { acm, ec2 } = clients(simulator.endpoint);
    const { Certificate } = await acm.send(new DescribeCertificateCommand({ CertificateArn: CERTIFICATE }));
    expect(Certificate?.Status).toBe("ISSUED");
    const { Vpcs = [] } = await ec2.send(new DescribeVpcsCommand({}));
    expect(Vpcs.filter(({ CidrBlock }) => CidrBlock === "10.99.0.0/16")).toMatchObject([{ OwnerId: "111122223333" }]);
  } finally {
    await simulator.stop();
  }
});

test("a retry after a lost response gets the same response; a new call is executed", async () => {
  const { python } = await findPrograms();
  const simulator = await AwsSimulator.start({ python });
  try {
    const first = await createParameterGroup(simulator.endpoint, "invocation-1");
    const retry = await createParameterGroup(simulator.endpoint, "invocation-1");
    const other = await createParameterGroup(simulator.endpoint, "invocation-2");
    expect(first.status).toBe(200);
    expect(first.text).toContain("<CacheParameterGroupName>twice<");
    expect(retry).toEqual(first);
    expect(other.status).toBe(400);
    expect(other.text).toContain("AlreadyExists");
    expect(simulator.errors()).toBe("answered again: POST /");
  } finally {
    await simulator.stop();
  }
});

/** The query protocol by hand: an SDK chooses its invocation id itself. */
async function createParameterGroup(endpoint: string, invocation: string): Promise<{ status: number; text: string }> {
  const answer = await fetch(endpoint, {
    method: "POST",
    headers: {
      authorization:
        "AWS4-HMAC-SHA256 Credential=testing/20260101/ap-northeast-1/elasticache/aws4_request, SignedHeaders=host, Signature=0",
      "amz-sdk-invocation-id": invocation,
    },
    body: new URLSearchParams({
      Action: "CreateCacheParameterGroup",
      Version: "2015-02-02",
      CacheParameterGroupName: "twice",
      CacheParameterGroupFamily: "redis7",
      Description: "created once",
    }),
  });
  return { status: answer.status, text: await answer.text() };
}

test("a server that cannot start reports the reason", async () => {
  const { python } = await findPrograms();
  const start = AwsSimulator.start({ python, certificates: ["not-an-arn"] });
  await expect(start).rejects.toThrow(/ended with exit code 1[\s\S]*expected arn:<partition>:acm.*, got not-an-arn/);
});

test("serve.ts prints lines for a shell, and its simulator ends even after SIGKILL", async () => {
  const folder = mkdtempSync(join(tmpdir(), "serve-"));
  const loader = require.resolve("tsx");
  const child = spawn(process.execPath, ["--import", loader, join(ROOT, "tools/simulator/serve.ts")], { cwd: folder });
  try {
    const output = await new Promise<string>((done) => {
      let text = "";
      child.stdout.on("data", (chunk: Buffer) => {
        text += chunk.toString();
        if (text.includes("TF_CLI_CONFIG_FILE") && text.endsWith("\n")) {
          done(text);
        }
      });
    });
    const endpoint = /export AWS_ENDPOINT_URL='(http:\/\/127\.0\.0\.1:\d+)'/.exec(output)?.[1] ?? "";
    expect((await fetch(`${endpoint}/moto-api/`)).status).toBe(200);
    child.kill("SIGKILL");
    await expect(untilRefused(endpoint)).resolves.toBe(true);
  } finally {
    child.kill("SIGKILL");
    rmSync(folder, { recursive: true, force: true });
  }
});

async function untilRefused(endpoint: string): Promise<boolean> {
  for (let tries = 0; tries < 100; tries += 1) {
    const refused = await fetch(`${endpoint}/moto-api/`).then(
      () => false,
      () => true,
    );
    if (refused) {
      return true;
    }
    await new Promise((done) => setTimeout(done, 100));
  }
  return false;
}
