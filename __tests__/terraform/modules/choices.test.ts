import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  DescribeAddressesCommand,
  DescribeLaunchTemplateVersionsCommand,
  DescribeNetworkInterfacesCommand,
  DescribeRouteTablesCommand,
  DescribeSubnetsCommand,
  DescribeVpcsCommand,
} from "@aws-sdk/client-ec2";
import {
  DescribeDBInstancesCommand,
  DescribeDBProxiesCommand,
  DescribeDBProxyEndpointsCommand,
  DescribeDBProxyTargetGroupsCommand,
} from "@aws-sdk/client-rds";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, LocalBackend, TerraformStack } from "cdktf";
import { Database, Network } from "../../../modules";
import { type Clients, clients } from "../../helpers/aws-clients";
import { TerraformRoot } from "../../helpers/terraform-root";

const ZONES = ["ap-northeast-1a", "ap-northeast-1c"];
const outdir = mkdtempSync(join(tmpdir(), "choices-"));
let root: TerraformRoot;
let aws: Clients;

/** Returns the third and fourth group of an IPv6 address as one number: the part in which the subnets of one VPC differ. */
function networkOf(block = ""): number {
  const [, , third = 0, fourth = 0] = block
    .split("::")[0]!
    .split(":")
    .map((group) => Number.parseInt(group || "0", 16));
  return third * 2 ** 16 + fourth;
}

/** Synthesizes features that no environment uses, in one root module, so that the provider's waits overlap. */
function synthesized(): string {
  const app = new App({ outdir });
  const stack = new TerraformStack(app, "test");
  new LocalBackend(stack, { path: "terraform.tfstate" });
  new AwsProvider(stack, "aws", { region: "ap-northeast-1", defaultTags: [{ tags: { Application: "crm" } }] });
  const network = new Network(stack, "network", {
    name: "crm",
    availabilityZones: ZONES,
    egress: "nat-instance-per-zone",
    ipv6: true,
  });
  const proxy = {
    userName: "messenger_app",
    secretArn: "arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:crm/app-AbCdEf",
  };
  const disposable = { deletionProtection: false, skipFinalSnapshot: true };
  new Database(stack, "rds", {
    name: "crm-rds",
    network,
    readReplicaCount: 1,
    readReplicaZones: ZONES,
    proxy,
    ...disposable,
  });
  new Database(stack, "aurora", {
    name: "crm-aurora",
    network,
    engine: "aurora-postgresql",
    proxy: { ...proxy, maxConnectionsPercent: 80 },
    ...disposable,
  });
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

it("plans no change right after the apply", async () => {
  expect(await root.drift()).toEqual([]);
});

it("routes each zone to its own NAT instance, which has no source check and a public address", async () => {
  const { NetworkInterfaces: all = [] } = await aws.ec2.send(new DescribeNetworkInterfacesCommand({}));
  const faces = all.filter(({ Description }) => Description?.startsWith("NAT instance of "));
  expect(faces.map(({ SourceDestCheck }) => SourceDestCheck)).toEqual([false, false]);
  const { RouteTables = [] } = await aws.ec2.send(new DescribeRouteTablesCommand({}));
  const out = RouteTables.flatMap(({ Routes = [] }) => Routes).filter(
    ({ DestinationCidrBlock, NetworkInterfaceId }) => DestinationCidrBlock === "0.0.0.0/0" && NetworkInterfaceId,
  );
  const ids = faces.map(({ NetworkInterfaceId }) => NetworkInterfaceId).sort();
  expect(out.map(({ NetworkInterfaceId }) => NetworkInterfaceId).sort()).toEqual(ids);
  const { Addresses = [] } = await aws.ec2.send(new DescribeAddressesCommand({}));
  expect(Addresses.map(({ NetworkInterfaceId }) => NetworkInterfaceId).sort()).toEqual(ids);
});

it("launches instances with IMDSv2 only and an encrypted root volume", async () => {
  const LaunchTemplateName = "crm-nat-ap-northeast-1a";
  const query = new DescribeLaunchTemplateVersionsCommand({ LaunchTemplateName });
  const { LaunchTemplateVersions = [] } = await aws.ec2.send(query);
  expect(LaunchTemplateVersions.map(({ LaunchTemplateData }) => LaunchTemplateData)).toEqual([
    expect.objectContaining({
      ImageId: "resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64",
      InstanceType: "t4g.nano",
      MetadataOptions: expect.objectContaining({ HttpTokens: "required" }) as unknown,
      BlockDeviceMappings: [
        expect.objectContaining({ Ebs: expect.objectContaining({ Encrypted: true }) as unknown }) as unknown,
      ],
    }),
  ]);
});

it("has a /64 of the VPC's block in each subnet, and egress-only IPv6 routes for private subnets", async () => {
  const { Vpcs = [] } = await aws.ec2.send(new DescribeVpcsCommand({}));
  const blocks = Vpcs.flatMap(({ Ipv6CidrBlockAssociationSet = [] }) => Ipv6CidrBlockAssociationSet);
  const { Subnets = [] } = await aws.ec2.send(new DescribeSubnetsCommand({}));
  const ours = Subnets.flatMap(({ Ipv6CidrBlockAssociationSet = [] }) => Ipv6CidrBlockAssociationSet);
  expect(blocks).toHaveLength(1);
  const [vpc = NaN] = blocks.map(({ Ipv6CidrBlock }) => networkOf(Ipv6CidrBlock));
  const numbers = ours.map(({ Ipv6CidrBlock }) => networkOf(Ipv6CidrBlock) - vpc);
  expect(numbers.sort((one, other) => one - other)).toEqual([0, 2, 8, 10, 16, 18]);
  const { RouteTables = [] } = await aws.ec2.send(new DescribeRouteTablesCommand({}));
  const ways = RouteTables.flatMap(({ Routes = [] }) => Routes).filter(
    ({ DestinationIpv6CidrBlock }) => DestinationIpv6CidrBlock === "::/0",
  );
  const kinds = ways.map((way) => (way.EgressOnlyInternetGatewayId ?? way.GatewayId ?? "").replace(/-.*/, ""));
  expect(kinds.sort()).toEqual(["eigw", "eigw", "igw"]);
});

it("replicates into the chosen zone, with the source's key and without backups", async () => {
  const query = new DescribeDBInstancesCommand({ DBInstanceIdentifier: "crm-rds-db-replica-1" });
  const { DBInstances = [] } = await aws.rds.send(query);
  expect(DBInstances).toMatchObject([
    {
      ReadReplicaSourceDBInstanceIdentifier: "crm-rds-db",
      AvailabilityZone: "ap-northeast-1a",
      StorageEncrypted: true,
      BackupRetentionPeriod: 0,
      IAMDatabaseAuthenticationEnabled: true,
    },
  ]);
});

it("has proxies with TLS and IAM only, their pool settings and a reader endpoint", async () => {
  const { DBProxies = [] } = await aws.rds.send(new DescribeDBProxiesCommand({}));
  expect(DBProxies.map(({ DBProxyName }) => DBProxyName).sort()).toEqual(["crm-aurora-db", "crm-rds-db"]);
  for (const { RequireTLS, Auth } of DBProxies) {
    expect([RequireTLS, Auth?.map(({ IAMAuth }) => IAMAuth)]).toEqual([true, ["REQUIRED"]]);
  }
  const groups = new DescribeDBProxyTargetGroupsCommand({ DBProxyName: "crm-aurora-db" });
  expect((await aws.rds.send(groups)).TargetGroups?.[0]?.ConnectionPoolConfig).toMatchObject({
    MaxConnectionsPercent: 80,
    MaxIdleConnectionsPercent: 50,
    ConnectionBorrowTimeout: 30,
  });
  const { DBProxyEndpoints = [] } = await aws.rds.send(new DescribeDBProxyEndpointsCommand({}));
  expect(DBProxyEndpoints).toMatchObject([{ DBProxyName: "crm-aurora-db", TargetRole: "READ_ONLY" }]);
});

it("is destroyed completely", async () => {
  expect(await root.destroy()).toEqual([]);
});
