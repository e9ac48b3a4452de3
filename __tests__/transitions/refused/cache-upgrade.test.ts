import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  CreateCacheParameterGroupCommand,
  DeleteCacheParameterGroupCommand,
  DescribeCacheClustersCommand,
  DescribeCacheParameterGroupsCommand,
  ModifyReplicationGroupCommand,
} from "@aws-sdk/client-elasticache";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, LocalBackend, TerraformStack } from "cdktf";
import { Cache, type CacheProps, Network } from "../../../modules";
import { type Clients, clients } from "../../helpers/aws-clients";
import { TerraformRoot } from "../../helpers/terraform-root";

const name = "crm";
const region = "ap-northeast-1";
const outdir = mkdtempSync(join(tmpdir(), "cache-upgrade-"));
let root: TerraformRoot;
let aws: Clients;

function synthesized(props: Partial<CacheProps>): string {
  const app = new App({ outdir });
  const stack = new TerraformStack(app, "test");
  new LocalBackend(stack, { path: "terraform.tfstate" });
  new AwsProvider(stack, "aws", { region });
  const availabilityZones = [`${region}a`, `${region}c`];
  const network = new Network(stack, "network", { name, availabilityZones, egress: "public-ip", flowLogs: false });
  const authentication = { kind: "none", reason: "a test" } as const;
  new Cache(stack, "cache", { name, network, authentication, replicas: 0, skipFinalSnapshot: true, ...props });
  app.synth();
  return join(outdir, "stacks", "test", "cdk.tf.json");
}

beforeAll(async () => {
  root = await TerraformRoot.applied(synthesized({ engineVersion: "7.2" }));
  aws = clients(root.simulator.endpoint);
});

afterAll(async () => {
  await root?.dispose();
  rmSync(outdir, { recursive: true, force: true });
});

async function running() {
  const { CacheClusters = [] } = await aws.elasticache.send(new DescribeCacheClustersCommand({}));
  const groups = await aws.elasticache.send(new DescribeCacheParameterGroupsCommand({}));
  const own = (groups.CacheParameterGroups ?? []).map(({ CacheParameterGroupName }) => CacheParameterGroupName);
  return {
    nodes: CacheClusters.map((node) => [node.EngineVersion, node.CacheParameterGroup?.CacheParameterGroupName]),
    groups: own.filter((group) => group?.startsWith(name)).sort(),
  };
}

it("a major version that would wait for the maintenance window is refused at plan, and nothing changes", async () => {
  root.replaceConfiguration(synthesized({ engineVersion: "8.0" }));
  await expect(root.apply()).rejects.toThrow(
    /terraform plan failed[\s\S]*the cache runs 7\.2\.0, and valkey 8\.0 has another parameter group\. Set applyImmediately to true/,
  );
  expect(await running()).toEqual({ nodes: [["7.2.0", "crm-cache-valkey7"]], groups: ["crm-cache-valkey7"] });
});

it("AWS keeps the old parameter group in use when the upgrade waits", async () => {
  const CacheParameterGroupName = "crm-test-valkey8";
  const family = { CacheParameterGroupFamily: "valkey8", Description: "p" };
  await aws.elasticache.send(new CreateCacheParameterGroupCommand({ CacheParameterGroupName, ...family }));
  const upgrade = { ReplicationGroupId: "crm-cache", EngineVersion: "8.0", CacheParameterGroupName };
  await aws.elasticache.send(new ModifyReplicationGroupCommand({ ...upgrade, ApplyImmediately: false }));
  expect((await running()).nodes).toEqual([["7.2.0", "crm-cache-valkey7"]]);
  const deletion = new DeleteCacheParameterGroupCommand({ CacheParameterGroupName: "crm-cache-valkey7" });
  await expect(aws.elasticache.send(deletion)).rejects.toThrow(/still members of this parameter group/);
  await aws.elasticache.send(new DeleteCacheParameterGroupCommand({ CacheParameterGroupName }));
});

it("with applyImmediately, one apply upgrades it and removes the old parameter group", async () => {
  root.replaceConfiguration(synthesized({ engineVersion: "8.0", applyImmediately: true }));
  await root.apply();
  expect(await running()).toEqual({ nodes: [["8.0.0", "crm-cache-valkey8"]], groups: ["crm-cache-valkey8"] });
  expect(await root.drift()).toEqual([]);
});

it("without applyImmediately again, nothing changes any more", async () => {
  root.replaceConfiguration(synthesized({ engineVersion: "8.0" }));
  await root.apply();
  expect(await root.drift()).toEqual([]);
});
