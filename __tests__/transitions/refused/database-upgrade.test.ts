import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DescribeSubnetsCommand } from "@aws-sdk/client-ec2";
import { CreateDBClusterCommand, CreateDBInstanceCommand, CreateDBSubnetGroupCommand } from "@aws-sdk/client-rds";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, LocalBackend, TerraformStack } from "cdktf";
import { Database, type DatabaseProps } from "../../../modules";
import { clients } from "../../helpers/aws-clients";
import { TerraformRoot } from "../../helpers/terraform-root";

const outdir = mkdtempSync(join(tmpdir(), "database-upgrade-"));
const network = {
  vpcId: "vpc-0123456789abcdef0",
  isolatedSubnetIds: ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"],
};

/** Two databases that exist, run version 16 and are imported by the plan, which saves the minutes of creating them with Terraform. */
function synthesized(props: Partial<DatabaseProps>): string {
  const app = new App({ outdir });
  const stack = new TerraformStack(app, "test");
  new LocalBackend(stack, { path: "terraform.tfstate" });
  new AwsProvider(stack, "aws", { region: "ap-northeast-1" });
  const rds = new Database(stack, "rds", { name: "rds", network, ...props });
  const aurora = new Database(stack, "aurora", { name: "aurora", network, engine: "aurora-postgresql", ...props });
  stack.addOverride("import", [
    { to: `aws_db_instance.${rds.instance!.friendlyUniqueId}`, id: "rds-db" },
    { to: `aws_rds_cluster.${aurora.cluster!.friendlyUniqueId}`, id: "aurora-db" },
  ]);
  app.synth();
  return join(outdir, "stacks", "test", "cdk.tf.json");
}

let root: TerraformRoot;

beforeAll(async () => {
  root = await TerraformRoot.init(synthesized({ engineVersion: "16.6" }));
  const { ec2, rds } = clients(root.simulator.endpoint);
  const { Subnets = [] } = await ec2.send(new DescribeSubnetsCommand({}));
  const DBSubnetGroupName = "aurora-db";
  const SubnetIds = Subnets.map(({ SubnetId }) => SubnetId!);
  await rds.send(new CreateDBSubnetGroupCommand({ DBSubnetGroupName, DBSubnetGroupDescription: "a", SubnetIds }));
  // What would be replaced is not upgraded, so these are as the construct makes them.
  const settings = { MasterUsername: "dbadmin", ManageMasterUserPassword: true, StorageEncrypted: true };
  const version = { ...settings, EngineVersion: "16.6" };
  const instance = { DBInstanceIdentifier: "rds-db", DBInstanceClass: "db.t4g.micro", AllocatedStorage: 20 };
  await rds.send(new CreateDBInstanceCommand({ ...version, ...instance, Engine: "postgres", DBName: "app" }));
  const cluster = { DBClusterIdentifier: "aurora-db", Engine: "aurora-postgresql", DBSubnetGroupName };
  await rds.send(new CreateDBClusterCommand({ ...version, ...cluster, DatabaseName: "app" }));
});

afterAll(async () => {
  await root?.dispose();
  rmSync(outdir, { recursive: true, force: true });
});

/** Returns what the plan of these props refuses, without line breaks; nothing when it is planned. */
async function refusals(props: Partial<DatabaseProps>): Promise<string[]> {
  root.replaceConfiguration(synthesized(props));
  try {
    await root.plan();
    return [];
  } catch (error) {
    const text = String(error).replace(/\s+/g, " ");
    const found = text.match(/engineVersion: the database runs .*?set engineVersion to what runs\./g);
    return found ?? [text];
  }
}

const refused = (engine: string) =>
  `engineVersion: the database runs 16.6, and ${engine} 17 is another major version. Set allowMajorVersionUpgrade and ` +
  "applyImmediately to true in the same change, and remove them afterwards: an upgrade that waits for the maintenance window keeps the " +
  "old parameter group in use. If AWS has upgraded the database, set engineVersion to what runs.";

it.each<[string, Partial<DatabaseProps>]>([
  ["alone", {}],
  ["that would wait for the maintenance window", { allowMajorVersionUpgrade: true }],
  ["that RDS would refuse", { applyImmediately: true }],
])("a new major version %s is refused at plan", async (_, props) => {
  const found = await refusals({ engineVersion: "17", ...props });
  expect(found.sort()).toEqual([refused("aurora-postgresql"), refused("postgres")]);
});

it.each<[string, Partial<DatabaseProps>]>([
  ["the version that runs", { engineVersion: "16.6" }],
  ["its major version", { engineVersion: "16" }],
  ["another minor version", { engineVersion: "16.8" }],
  ["a new major version with both", { engineVersion: "17", allowMajorVersionUpgrade: true, applyImmediately: true }],
])("%s is planned", async (_, props) => {
  expect(await refusals(props)).toEqual([]);
});
