/**
 * Rewrites the plan fixtures of the plan report's tests, for a reviewed change: applies a chat service on the simulator, and plans changes
 * of it. `node --import tsx __tests__/programs/plan-report-fixtures.ts`
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, LocalBackend, TerraformStack } from "cdktf";
import { AlbWebsocket, Cache, Database, FargateService, Network } from "../../modules";
import { TerraformRoot } from "../helpers/terraform-root";
import { reducePlan } from "../tools/plan-report/reduce-plan";

/** What changes between two plans. */
interface Settings {
  readonly databaseName: string;
  readonly image: string;
  readonly desiredCount: number;
  readonly hasCache: boolean;
}

const BEFORE: Settings = { databaseName: "chat", image: "1.0.0", desiredCount: 4, hasCache: true };

/** A change of each kind: the database replaced, the cache destroyed, a new image. */
const AFTER: Settings = { ...BEFORE, databaseName: "chat_v2", image: "1.1.0", hasCache: false };

function synthesize(outdir: string, { databaseName, image, desiredCount, hasCache }: Settings): string {
  const app = new App({ outdir });
  const stack = new TerraformStack(app, "chat");
  new LocalBackend(stack, { path: "terraform.tfstate" });
  new AwsProvider(stack, "aws", { region: "ap-northeast-1" });
  const network = new Network(stack, "network", {
    name: "chat",
    availabilityZones: ["ap-northeast-1a", "ap-northeast-1c"],
    egress: "public-ip",
    flowLogs: false,
  });
  const database = new Database(stack, "database", { name: "chat", network, databaseName, deletionProtection: false });
  if (hasCache)
    new Cache(stack, "cache", { name: "chat", network, authentication: { kind: "none", reason: "a test" } });
  const alb = new AlbWebsocket(stack, "alb", { name: "chat", network, allowInsecureHttp: true });
  new FargateService(stack, "service", {
    name: "chat",
    network,
    image: `123456789012.dkr.ecr.ap-northeast-1.amazonaws.com/chat:${image}`,
    containerPort: 3000,
    drainSec: 60,
    desiredCount,
    fanOut: { adapter: "redis" },
    environment: { DATABASE_NAME: databaseName },
    connections: { database },
    loadBalancer: alb.addService("web", { containerPort: 3000, keepAliveTimeoutSec: 75 }),
  });
  app.synth();
  return join(outdir, "stacks", "chat", "cdk.tf.json");
}

async function main(): Promise<void> {
  const outdir = mkdtempSync(join(tmpdir(), "plan-report-"));
  const [before, after] = [BEFORE, AFTER].map((settings, index) => synthesize(join(outdir, String(index)), settings));
  let root: TerraformRoot | undefined;
  try {
    root = await TerraformRoot.applied(before!);
    for (const [name, file] of [
      ["empty", before!],
      ["database-replaced", after!],
    ] as const) {
      root.replaceConfiguration(file);
      await root.plan();
      const plan = reducePlan(await root.shownPlan());
      const fixture = join(__dirname, `../tools/plan-report/fixtures/${name}.plan.json`);
      writeFileSync(fixture, `${JSON.stringify(plan, undefined, 2)}\n`);
    }
  } finally {
    await root?.dispose();
    rmSync(outdir, { recursive: true, force: true });
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
