import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DescribeKeyCommand, ListKeysCommand } from "@aws-sdk/client-kms";
import { DescribeDBInstancesCommand, DescribeDBSnapshotsCommand } from "@aws-sdk/client-rds";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, LocalBackend, TerraformStack } from "cdktf";
import { Database, EncryptionKey, Network } from "../../../modules";
import { type Clients, clients } from "../../helpers/aws-clients";
import { TerraformRoot } from "../../helpers/terraform-root";

const name = "crm";
const region = "ap-northeast-1";
const outdir = mkdtempSync(join(tmpdir(), "encryption-key-"));
let keyAddress: string;
let root: TerraformRoot;
let aws: Clients;

/** Synthesizes a database that leaves a final snapshot, and the key of both in the same state. */
function synthesized(): string {
  const app = new App({ outdir });
  const stack = new TerraformStack(app, "test");
  new LocalBackend(stack, { path: "terraform.tfstate" });
  new AwsProvider(stack, "aws", { region });
  const { key, keyArn: kmsKeyArn } = new EncryptionKey(stack, "key", { name, region, accountId: "123456789012" });
  keyAddress = `aws_kms_key.${key.friendlyUniqueId}`;
  const availabilityZones = [`${region}a`, `${region}c`];
  const network = new Network(stack, "network", { name, availabilityZones, egress: "public-ip", flowLogs: false });
  new Database(stack, "database", { name, network, multiAz: false, deletionProtection: false, kmsKeyArn });
  app.synth();
  return join(outdir, "stacks", "test", "cdk.tf.json");
}

beforeAll(async () => {
  root = await TerraformRoot.applied(synthesized());
  aws = clients(root.simulator.endpoint);
});

afterAll(async () => {
  await root?.dispose();
  rmSync(outdir, { recursive: true, force: true });
});

const databases = async () => (await aws.rds.send(new DescribeDBInstancesCommand({}))).DBInstances ?? [];
const keyState = async () => {
  const { Keys = [] } = await aws.kms.send(new ListKeysCommand({}));
  const described = await Promise.all(Keys.map(({ KeyId }) => aws.kms.send(new DescribeKeyCommand({ KeyId }))));
  return described.filter(({ KeyMetadata }) => KeyMetadata?.Description === `Encrypts the data of ${name}`);
};

it("a destroy that would take the key of the final snapshot is refused, and destroys nothing", async () => {
  await expect(root.destroy()).rejects.toThrow(/prevent_destroy/);
  expect(await databases()).toHaveLength(1);
  expect(await keyState()).toMatchObject([{ KeyMetadata: { KeyState: "Enabled" } }]);
});

it("once the key is out of the state, the rest is destroyed, and the snapshot keeps its key", async () => {
  await root.forget(keyAddress);
  expect(await root.destroy()).toEqual([]);
  expect(await databases()).toEqual([]);
  const [key] = await keyState();
  expect(key).toMatchObject({ KeyMetadata: { KeyState: "Enabled" } });
  const { DBSnapshots } = await aws.rds.send(new DescribeDBSnapshotsCommand({ SnapshotType: "manual" }));
  expect(DBSnapshots).toMatchObject([{ DBSnapshotIdentifier: "crm-db-final", KmsKeyId: key!.KeyMetadata!.Arn }]);
});
