import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, LocalBackend, TerraformStack } from "cdktf";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  AlarmTopic,
  AlbWebsocket,
  Cache,
  type CacheKind,
  Database,
  type DatabaseEngine,
  type Egress,
  EncryptionKey,
  FargateService,
  LogBucket,
  Monitoring,
  Network,
  Secrets,
  Waf,
} from "../../modules";
import { CACHE_KINDS } from "../../modules/cache/cache-kinds";
import { ENGINE_TRAITS } from "../../modules/database/engine-traits";
import { EGRESS_KINDS } from "../../modules/network/egress";
import { Configuration, judge, type StackVerdict, type Tier } from "../../policies";
import { exampleExceptions } from "../../stacks/policy-exceptions";
import { readStack, removeRun, runProgram } from "../helpers/run-program";
import { enforcePolicies } from "../../policies";

const NAME = "chat";
const ACCOUNT = "123456789012";
const REGION = "ap-northeast-1";

interface Choice {
  readonly egress?: Egress;
  readonly engine?: DatabaseEngine;
  readonly cacheKind?: CacheKind;
  readonly tier?: Tier;
}

/** Builds a production stack of all our constructs with the given choices, and returns its verdict. */
function verdictOf({
  egress = "nat-gateway-per-zone",
  engine = "postgres",
  cacheKind = "replication-group",
  tier = "production",
}: Choice): StackVerdict {
  const outdir = mkdtempSync(join(tmpdir(), "choices-"));
  try {
    const app = new App({ outdir });
    const stack = new TerraformStack(app, NAME);
    new AwsProvider(stack, "aws", { region: REGION });
    new LocalBackend(stack, { path: "terraform.tfstate" });
    build(stack, egress, engine, cacheKind);
    const gate = enforcePolicies([{ stack, tier }]);
    app.synth();
    return gate.verdicts[0]!;
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

function build(stack: TerraformStack, egress: Egress, engine: DatabaseEngine, cacheKind: CacheKind): void {
  const { keyArn: kmsKeyArn } = new EncryptionKey(stack, "key", { name: NAME, accountId: ACCOUNT, region: REGION });
  const logs = { kmsKeyArn, logRetentionDays: 365 } as const;
  const network = new Network(stack, "network", {
    name: NAME,
    availabilityZones: ["ap-northeast-1a", "ap-northeast-1c"],
    egress,
    kmsKeyArn,
    flowLogRetentionDays: 365,
  });
  const { isCluster } = ENGINE_TRAITS[engine];
  const size = isCluster ? {} : { allocatedStorageGiB: 20, maxAllocatedStorageGiB: 100, multiAz: true };
  const database = new Database(stack, "database", {
    name: NAME,
    network,
    engine,
    databaseName: "chat",
    ...size,
    ...logs,
    logsKmsKeyArn: kmsKeyArn,
  });
  const adapter = cacheKind === "replication-group" ? "redis" : "sharded-redis";
  const cache = new Cache(stack, "cache", {
    name: NAME,
    network,
    kind: cacheKind,
    adapter,
    ...(cacheKind === "serverless" ? { kmsKeyArn } : { ...logs, logsKmsKeyArn: kmsKeyArn }),
  });
  const secrets = new Secrets(stack, "secrets", {
    name: NAME,
    generated: { session: { description: "Cookies" } },
    kmsKeyArn,
  });
  const bucket = new LogBucket(stack, "log-bucket", { name: NAME, accountId: ACCOUNT });
  const alb = new AlbWebsocket(stack, "alb", {
    name: NAME,
    network,
    certificateArn: `arn:aws:acm:${REGION}:${ACCOUNT}:certificate/5f9c2a1e-7b64-4c0d-9d3e-1a2b3c4d5e6f`,
    accessLogs: { bucketName: bucket.bucketName },
  });
  const waf = new Waf(stack, "waf", { name: NAME, associateWith: { alb: alb.loadBalancerArn }, ...logs });
  const target = alb.addService("web", { containerPort: 3000, keepAliveTimeoutSec: 75 });
  const topic = new AlarmTopic(stack, "topic", {
    name: NAME,
    subscriptions: { oncall: { protocol: "email", endpoint: "oncall@example.com" } },
    kmsKeyArn,
  });
  const service = new FargateService(stack, "service", {
    name: NAME,
    network,
    image: `${ACCOUNT}.dkr.ecr.${REGION}.amazonaws.com/chat:1.0.0`,
    containerPort: 3000,
    drainSec: 60,
    secrets: { SESSION: secrets.arn("session") },
    secretKmsKeyArns: [kmsKeyArn],
    loadBalancer: target,
    connections: { database, cache },
    fanOut: { adapter, supportedAdapters: cache.supportedAdapters },
    autoscaling: { minCount: 2, maxCount: 4 },
    ...logs,
  });
  new Monitoring(stack, "monitoring", {
    name: NAME,
    alarmTopicArn: topic.topicArn,
    service,
    loadBalancer: { loadBalancerArnSuffix: alb.loadBalancerArnSuffix, targets: { web: target.targetGroupArnSuffix } },
    database,
    cache:
      cacheKind === "serverless"
        ? { kind: "serverless", serverlessName: `${NAME}-cache` }
        : { kind: "nodes", nodeIds: cache.nodeIds },
    waf,
  });
}

function outcomes({ rules }: StackVerdict, outcome: string): string[] {
  return rules.filter((rule) => rule.outcome === outcome).map(({ rule }) => rule);
}

const ENGINES = Object.keys(ENGINE_TRAITS) as DatabaseEngine[];
const combinations = ENGINES.flatMap((engine) => CACHE_KINDS.map((cacheKind) => ({ engine, cacheKind })));

describe.each(combinations)("production with $engine and a $cacheKind cache", (choice) => {
  it("violates no rule, and most rules check a resource", () => {
    const verdict = verdictOf(choice);
    expect(outcomes(verdict, "warned")).toEqual([]);
    expect(outcomes(verdict, "passed").length).toBeGreaterThan(70);
  });
});

describe.each(EGRESS_KINDS)("egress %s", (egress) => {
  it("violates no rule, except that production tasks must not have a public address", () => {
    if (egress !== "public-ip") {
      expect(outcomes(verdictOf({ egress }), "warned")).toEqual([]);
      return;
    }
    expect(() => verdictOf({ egress })).toThrow(
      /^\[chat\/service\/service\] network_configuration\.assign_public_ip: expected false, got true\. .*\(rule ecs-no-public-ip\)$/,
    );
  });
});

describe.each([
  ["minimal", "development"],
  ["existing-vpc", "development"],
  ["complete", "production"],
  ["behind-cloudfront", "production"],
  ["three-services", "development"],
] as const)("example %s in the tier %s", (example, tier) => {
  it("violates no rule except those with an exception", () => {
    const run = runProgram(`examples/${example}/main.ts`);
    try {
      const configuration = new Configuration(example, { ...readStack(run, example).json });
      const exceptions = exampleExceptions[example] ?? [];
      const [verdict] = judge([{ configuration, tier }], { exceptions });
      expect(outcomes(verdict!, "warned")).toEqual([]);
      expect(outcomes(verdict!, "excepted").sort()).toEqual(exceptions.map(({ rule }) => rule).sort());
    } finally {
      removeRun(run);
    }
  });
});
