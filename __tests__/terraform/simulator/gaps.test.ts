import { join } from "node:path";
import { DescribeLogGroupsCommand } from "@aws-sdk/client-cloudwatch-logs";
import {
  DescribeCacheClustersCommand,
  DescribeReplicationGroupsCommand,
  DescribeServerlessCachesCommand,
  DescribeUsersCommand,
} from "@aws-sdk/client-elasticache";
import { GetKeyRotationStatusCommand, ListKeysCommand } from "@aws-sdk/client-kms";
import { DescribeDBClustersCommand, DescribeDBInstancesCommand } from "@aws-sdk/client-rds";
import { DeleteObjectCommand, GetObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { TerraformRoot } from "../../helpers/terraform-root";
import { type Clients, clients } from "../../helpers/aws-clients";

describe("the other resource types that need an extension", () => {
  let fixture: TerraformRoot;
  let aws: Clients;

  beforeAll(async () => {
    fixture = await TerraformRoot.applied(join(__dirname, "fixtures/gaps.tf.json"));
    aws = clients(fixture.simulator.endpoint);
  });

  afterAll(() => fixture?.dispose());

  it("plan no change after apply", async () => {
    expect(await fixture.drift()).toEqual([]);
  });

  it("KMS: the rotation period", async () => {
    const { Keys = [] } = await aws.kms.send(new ListKeysCommand({}));
    const statuses = await Promise.all(
      Keys.map(({ KeyId }) => aws.kms.send(new GetKeyRotationStatusCommand({ KeyId }))),
    );
    expect(statuses).toContainEqual(expect.objectContaining({ KeyRotationEnabled: true, RotationPeriodInDays: 180 }));
  });

  it("Logs: the class of a log group", async () => {
    const { logGroups } = await aws.logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: "/gaps" }));
    expect(logGroups?.[0]?.logGroupClass).toBe("INFREQUENT_ACCESS");
  });

  it("S3: a Deny on insecure transport lets loopback through, another Deny stays in force", async () => {
    const Bucket = "gaps-simulator-logs";
    const marker = await aws.s3.send(new GetObjectCommand({ Bucket, Key: "marker.txt" }));
    expect(await marker.Body?.transformToString()).toBe("written through the policy");
    await aws.s3.send(new PutObjectCommand({ Bucket, Key: "open/a.txt", Body: "a" }));
    const refused = aws.s3.send(new PutObjectCommand({ Bucket, Key: "locked/a.txt", Body: "a" }));
    await expect(refused).rejects.toMatchObject({ $metadata: { httpStatusCode: 403 } });
    // Leaves a delete marker, which destroying a bucket with force_destroy has to cope with.
    await aws.s3.send(new DeleteObjectCommand({ Bucket, Key: "open/a.txt" }));
  });

  it("RDS: two instances of an Aurora Serverless v2 cluster with insights and HTTP endpoint", async () => {
    const { DBClusters } = await aws.rds.send(new DescribeDBClustersCommand({}));
    expect(DBClusters?.[0]).toMatchObject({
      HttpEndpointEnabled: true,
      ServerlessV2ScalingConfiguration: { MinCapacity: 0.5, MaxCapacity: 4 },
    });
    expect(DBClusters?.[0]?.ScalingConfigurationInfo).toBeUndefined();
    const { DBInstances = [] } = await aws.rds.send(new DescribeDBInstancesCommand({}));
    expect(new Set(DBInstances.map(({ DbiResourceId }) => DbiResourceId)).size).toBe(3);
    const aurora = DBInstances.filter(({ DBClusterIdentifier }) => DBClusterIdentifier === "gaps-aurora");
    expect(aurora.map(({ PerformanceInsightsEnabled }) => PerformanceInsightsEnabled)).toEqual([true, true]);
  });

  it("ElastiCache: a standalone cluster keeps its security groups", async () => {
    const query = new DescribeCacheClustersCommand({ CacheClusterId: "gaps-single", ShowCacheNodeInfo: true });
    const cluster = (await aws.elasticache.send(query)).CacheClusters?.[0];
    expect(cluster?.SecurityGroups).toEqual([
      { SecurityGroupId: expect.stringMatching(/^sg-/) as unknown, Status: "active" },
    ]);
    expect(cluster?.CacheNodes?.[0]?.Endpoint?.Port).toBe(6379);
  });

  it("ElastiCache: cluster mode has shards that cover all slots, and one endpoint", async () => {
    const { ReplicationGroups } = await aws.elasticache.send(new DescribeReplicationGroupsCommand({}));
    const group = ReplicationGroups?.[0];
    expect(group?.NodeGroups?.map(({ Slots }) => Slots)).toEqual(["0-8191", "8192-16383"]);
    expect(group?.MemberClusters).toHaveLength(4);
    expect(group?.ConfigurationEndpoint?.Port).toBe(6379);
    expect(group?.AuthTokenEnabled).toBe(true);
  });

  it("ElastiCache: serverless limits, and users with and without password", async () => {
    const { ServerlessCaches } = await aws.elasticache.send(new DescribeServerlessCachesCommand({}));
    expect(ServerlessCaches?.[0]).toMatchObject({
      Engine: "valkey",
      CacheUsageLimits: { DataStorage: { Maximum: 5, Unit: "GB" }, ECPUPerSecond: { Maximum: 5000 } },
    });
    const { Users = [] } = await aws.elasticache.send(new DescribeUsersCommand({}));
    const authentication = new Map(Users.map((user) => [user.UserId, user.Authentication?.Type]));
    expect([authentication.get("gaps-default"), authentication.get("gaps-password")]).toEqual([
      "no-password",
      "password",
    ]);
  });

  it("destroy completely", async () => {
    expect(await fixture.destroy()).toEqual([]);
  });
});
