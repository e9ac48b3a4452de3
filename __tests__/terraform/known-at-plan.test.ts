import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, LocalBackend, TerraformStack, TerraformVariable } from "cdktf";
import { AlbWebsocket, Cache, Database, FargateService } from "../../modules";
import { TerraformRoot } from "../helpers/terraform-root";

// The value of a variable is known only at apply: constructs add a precondition, and the plan fails with its message.

interface Values {
  readonly publicSubnets: readonly string[];
  readonly privateSubnets: readonly string[];
  readonly idleTimeoutSec: number;
  readonly keepAliveTimeoutSec: number;
  readonly port: number;
  readonly cpu: number;
  readonly memoryMiB: number;
  readonly minCount: number;
  readonly maxCount: number;
}

const subnet = (last: string) => `subnet-0123456789abcdef${last}`;
const good: Values = {
  publicSubnets: [subnet("0"), subnet("1")],
  privateSubnets: [subnet("2"), subnet("3")],
  idleTimeoutSec: 60,
  keepAliveTimeoutSec: 61,
  port: 1024,
  cpu: 256,
  memoryMiB: 2048,
  minCount: 2,
  maxCount: 2,
};

/** Synthesizes a service whose numbers are variables with these defaults. */
function synthesized(values: Values, use: (file: string) => Promise<void>): Promise<void> {
  const outdir = mkdtempSync(join(tmpdir(), "known-at-plan-"));
  const app = new App({ outdir });
  const stack = new TerraformStack(app, "test");
  new LocalBackend(stack, { path: "terraform.tfstate" });
  new AwsProvider(stack, "aws", { region: "ap-northeast-1" });
  const number = (name: keyof Values) =>
    new TerraformVariable(stack, name, { type: "number", default: values[name] }).numberValue;
  const list = (name: keyof Values) =>
    new TerraformVariable(stack, name, { type: "list(string)", default: values[name] }).listValue;
  const network = {
    vpcId: "vpc-0123456789abcdef0",
    publicSubnetIds: list("publicSubnets"),
    isolatedSubnetIds: list("privateSubnets"),
    assignPublicIp: false,
  };
  const placed = { ...network, taskSubnetIds: network.isolatedSubnetIds };
  const name = "crm";
  const idleTimeoutSec = number("idleTimeoutSec");
  const alb = new AlbWebsocket(stack, "alb", { name, network, allowInsecureHttp: true, idleTimeoutSec });
  new Database(stack, "database", { name, network });
  new Cache(stack, "cache", { name, network });
  const containerPort = number("port");
  alb.addService("web", { containerPort, keepAliveTimeoutSec: number("keepAliveTimeoutSec") });
  new FargateService(stack, "service", {
    name,
    network: placed,
    image: "123456789012.dkr.ecr.ap-northeast-1.amazonaws.com/crm:1.0.0",
    containerPort,
    cpu: number("cpu"),
    memoryMiB: number("memoryMiB"),
    fanOut: { adapter: "redis" },
    autoscaling: { minCount: number("minCount"), maxCount: number("maxCount") },
  });
  app.synth();
  return use(join(outdir, "stacks", "test", "cdk.tf.json")).finally(() =>
    rmSync(outdir, { recursive: true, force: true }),
  );
}

/** Returns the messages of the preconditions that fail in the plan, each once. */
async function planned(root: TerraformRoot, values: Values): Promise<string[]> {
  root.log.length = 0;
  await synthesized(values, async (file) => {
    expect(readFileSync(file, "utf8")).not.toMatch(/TfToken|Token\[|NaN/);
    root.replaceConfiguration(file);
    await root.plan().catch(() => undefined);
  });
  const details = root.log.flatMap((line) => {
    const { diagnostic } = JSON.parse(line) as { diagnostic?: { summary: string; detail: string } };
    // The provider may report the same value, too.
    return diagnostic?.summary === "Resource precondition failed"
      ? [diagnostic.detail.replace(/\s+/g, " ").trim()]
      : [];
  });
  return [...new Set(details)].sort();
}

describe("values that are known only at apply", () => {
  let root: TerraformRoot;
  beforeAll(() =>
    synthesized(good, async (file) => {
      root = await TerraformRoot.init(file);
    }),
  );
  afterAll(() => root.dispose());

  it("pass when they are in range, limits included", async () => {
    expect(await planned(root, good)).toEqual([]);
    expect(await planned(root, { ...good, port: 65_535, idleTimeoutSec: 4000, keepAliveTimeoutSec: 4001 })).toEqual([]);
  });

  const zones = "expected at least 2 subnets, in different zones.";
  const port = "containerPort: expected 1024 to 65535; a user who is not root cannot listen below.";
  const idle =
    "idleTimeoutSec: expected 60 (heartbeat and head-room) to 4000 s; a shorter timeout closes healthy connections.";
  const size = "cpu, memoryMiB: expected a pair that Fargate knows, such as 256 CPU units and 512 MiB.";
  const keepAlive =
    "keepAliveTimeoutSec: expected more than the load balancer's idle timeout; if the app closes an idle connection first, some requests fail with 502.";

  it.each<[string, Partial<Values>, string[]]>([
    [
      "one subnet, or the same one twice",
      { publicSubnets: [subnet("0"), subnet("0")], privateSubnets: [subnet("2")] },
      [`network.isolatedSubnetIds: ${zones}`, `network.publicSubnetIds: ${zones}`, `network.taskSubnetIds: ${zones}`],
    ],
    [
      "values just too low, and a size that Fargate does not have",
      { port: 1023, idleTimeoutSec: 59, keepAliveTimeoutSec: 59, memoryMiB: 2049 },
      [port, size, idle, keepAlive],
    ],
    ["values just too high", { port: 65_536, idleTimeoutSec: 4001, keepAliveTimeoutSec: 4002 }, [port, idle]],
    ["a maximum below the minimum", { minCount: 3 }, ["autoscaling: expected minCount to be at most maxCount."]],
  ])("%s fails the plan", async (_, changes, messages) => {
    expect(await planned(root, { ...good, ...changes })).toEqual(messages);
  });
});
