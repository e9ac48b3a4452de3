import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type DBCluster,
  DeleteDBClusterSnapshotCommand,
  DescribeDBClustersCommand,
  DescribeDBInstancesCommand,
} from "@aws-sdk/client-rds";
import { Subnet } from "@cdktf/provider-aws/lib/subnet";
import { Vpc } from "@cdktf/provider-aws/lib/vpc";
import { App, TerraformOutput, TerraformStack } from "cdktf";
import { Database } from "../../modules/database";
import { addAwsProvider } from "../../stacks/aws-provider";
import { addStateBackend } from "../../stacks/state-backend";
import { stackFolder } from "../../tools/terraform/stacks";
import { type Terraform } from "../../tools/terraform/terraform";
import { commandsOf, runDocumented } from "./documented";
import { REGION, SimulatedAccount } from "./simulated-account";

const NAME = "crm-dev";
const CLUSTER = `${NAME}-db`;
const INSTANCES = [`${CLUSTER}-1`, `${CLUSTER}-2`];

const outdir = mkdtempSync(join(tmpdir(), "aurora-"));
/** The page names prod, and a moment that is in the past by now. */
const place = `NAME=${NAME}; TIME=${new Date().toISOString()}\n`;
const [restore, rename, tell, end] = commandsOf("docs/runbooks/restore.md").slice(-4);

let account: SimulatedAccount;
let terraform: Terraform;

beforeAll(async () => {
  account = await SimulatedAccount.start();
  synthesize();
  terraform = account.terraform(stackFolder(outdir, NAME), NAME);
  await terraform.init();
  await terraform.plan("plan.tfplan");
  await terraform.apply("plan.tfplan");
});

afterAll(async () => {
  await account?.end();
  rmSync(outdir, { recursive: true, force: true });
});

/** A cluster with two instances in a network of its own, and its master's secret, which a plan has to find. */
function synthesize(): void {
  const app = new App({ outdir, stackTraces: false });
  const stack = new TerraformStack(app, NAME);
  addAwsProvider(stack, { accountId: "123456789012", region: REGION, tags: { Environment: "dev" } });
  addStateBackend(stack, "local", { bucket: "none", region: REGION });
  const { id: vpcId } = new Vpc(stack, "vpc", { cidrBlock: "10.0.0.0/16" });
  const isolatedSubnetIds = ["a", "c"].map(
    (zone, index) =>
      new Subnet(stack, `subnet-${zone}`, {
        vpcId,
        cidrBlock: `10.0.${index}.0/24`,
        availabilityZone: `${REGION}${zone}`,
      }).id,
  );
  const { masterUserSecretArn: value } = new Database(stack, "database", {
    name: NAME,
    network: { vpcId, isolatedSubnetIds },
    engine: "aurora-postgresql",
    instanceCount: INSTANCES.length,
    deletionProtection: true,
    skipFinalSnapshot: true,
  });
  new TerraformOutput(stack, "master-secret", { value });
  app.synth();
}

async function clusters(): Promise<Record<string, DBCluster>> {
  const { DBClusters = [] } = await account.aws.rds.send(new DescribeDBClustersCommand({}));
  return Object.fromEntries(DBClusters.map((cluster) => [cluster.DBClusterIdentifier!, cluster]));
}

async function instances(): Promise<string[]> {
  const { DBInstances = [] } = await account.aws.rds.send(new DescribeDBInstancesCommand({}));
  return DBInstances.map(({ DBInstanceIdentifier }) => DBInstanceIdentifier!).sort();
}

async function run(commands: string): Promise<string> {
  const { status, output } = await runDocumented(account, outdir, commands);
  if (status !== 0) throw new Error(output);
  return output;
}

it("restores an Aurora cluster by the runbook: Terraform goes on with it and replaces nothing", async () => {
  const before = (await clusters())[CLUSTER]!;
  const output = await run([place, restore, rename, tell].join(""));
  expect(output.match(/Import successful!/g)).toHaveLength(3);
  const after = await clusters();
  expect(Object.keys(after).sort()).toEqual([CLUSTER, `${CLUSTER}-before`]);
  expect(after[`${CLUSTER}-before`]!.DbClusterResourceId).toBe(before.DbClusterResourceId);
  const { DBClusterMembers = [], Endpoint, MasterUserSecret } = after[CLUSTER]!;
  expect(DBClusterMembers.map(({ DBInstanceIdentifier }) => DBInstanceIdentifier).sort()).toEqual(INSTANCES);
  expect(Endpoint).toMatch(new RegExp(`^${CLUSTER}[.]cluster-`));
  await terraform.plan("plan.tfplan");
  const { resource_changes: changes = [] } = await terraform.showPlan("plan.tfplan");
  const changed = changes.filter(({ change }) => change.actions.join() !== "no-op");
  const others = changed.filter(({ change }) => change.actions.join() !== "update");
  expect(others.map(({ address, change }) => [address, change.replace_paths])).toEqual([]);
  expect(changed.map(({ address }) => address)).toContainEqual(expect.stringMatching(/^aws_rds_cluster\./));
  await terraform.apply("plan.tfplan");
  const { DeletionProtection, ServerlessV2ScalingConfiguration, ...now } = (await clusters())[CLUSTER]!;
  expect(DeletionProtection).toBe(true);
  expect(ServerlessV2ScalingConfiguration).toEqual(before.ServerlessV2ScalingConfiguration);
  expect(now.MasterUserSecret?.SecretArn).toBe(MasterUserSecret?.SecretArn);
  expect((await terraform.plan("plan.tfplan")).exitCode).toBe(0);
});

it("leaves nothing when the old one is deleted, but its last snapshot", async () => {
  await run(place + end!);
  expect(Object.keys(await clusters())).toEqual([CLUSTER]);
  expect(await instances()).toEqual(INSTANCES);
  const DBClusterSnapshotIdentifier = `${CLUSTER}-before-final`;
  await account.aws.rds.send(new DeleteDBClusterSnapshotCommand({ DBClusterSnapshotIdentifier }));
});

it("sent nothing that AWS's API models refuse", async () => {
  expect((await account.simulator.report()).refused).toEqual([]);
});
