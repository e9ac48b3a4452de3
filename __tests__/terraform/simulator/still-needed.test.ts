import { ListTagsForResourceCommand as ListScalingTags } from "@aws-sdk/client-application-auto-scaling";
import {
  CreateCachePolicyCommand,
  CreateDistributionCommand,
  CreateVpcOriginCommand,
  DeleteCachePolicyCommand,
  ListTagsForResourceCommand as ListTagsForResourceOfCloudfront,
} from "@aws-sdk/client-cloudfront";
import { PutCompositeAlarmCommand } from "@aws-sdk/client-cloudwatch";
import {
  CreateLogGroupCommand,
  DescribeLogGroupsCommand,
  DescribeQueryDefinitionsCommand,
  PutMetricFilterCommand,
  TestMetricFilterCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import {
  AuthorizeSecurityGroupIngressCommand,
  CreateLaunchTemplateCommand,
  CreateSubnetCommand,
  CreateVpcCommand,
  CreateVpcEndpointCommand,
  DeleteVpcEndpointsCommand,
  DescribeLaunchTemplateVersionsCommand,
  DescribeRouteTablesCommand,
  DescribeSecurityGroupRulesCommand,
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  DescribeVpcsCommand,
} from "@aws-sdk/client-ec2";
import {
  CreateLoadBalancerCommand,
  DeleteLoadBalancerCommand,
  ModifyLoadBalancerAttributesCommand,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import {
  CreateCacheClusterCommand,
  CreateCacheParameterGroupCommand,
  CreateCacheSubnetGroupCommand,
  CreateReplicationGroupCommand,
  CreateServerlessCacheCommand,
  CreateUserCommand,
  CreateUserGroupCommand,
  DeleteCacheClusterCommand,
  DeleteCacheSubnetGroupCommand,
  DescribeCacheClustersCommand,
  IncreaseReplicaCountCommand,
  ListTagsForResourceCommand,
  ModifyUserCommand,
} from "@aws-sdk/client-elasticache";
import { CreateKeyCommand, EnableKeyRotationCommand, GetKeyRotationStatusCommand } from "@aws-sdk/client-kms";
import {
  CreateDBClusterCommand,
  CreateDBInstanceCommand,
  CreateDBInstanceReadReplicaCommand,
  CreateDBParameterGroupCommand,
  CreateDBProxyCommand,
  CreateDBProxyEndpointCommand,
  DescribeDBParametersCommand,
  DescribeDBProxyEndpointsCommand,
  ModifyDBParameterGroupCommand,
} from "@aws-sdk/client-rds";
import {
  CreateBucketCommand,
  DeleteObjectCommand,
  PutBucketPolicyCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
} from "@aws-sdk/client-s3";
import { GetSecretValueCommand } from "@aws-sdk/client-secrets-manager";
import { CreateClusterCommand, CreateServiceCommand, RegisterTaskDefinitionCommand } from "@aws-sdk/client-ecs";
import { CreateIPSetCommand, UpdateIPSetCommand } from "@aws-sdk/client-wafv2";
import { AwsSimulator } from "../../../tools/simulator/aws-simulator";
import { findPrograms } from "../../../tools/simulator/find-programs";
import { type Clients, clients } from "../../helpers/aws-clients";

/** Each gap: true when the simulator fills it. Stock moto answers false or fails; once it does not, drop the extension. */
type Gap = readonly [name: string, isFilled: (aws: Clients) => Promise<boolean>];

const database = (id: string) =>
  new CreateDBInstanceCommand({
    DBInstanceIdentifier: id,
    Engine: "postgres",
    DBInstanceClass: "db.t4g.micro",
    AllocatedStorage: 20,
    MasterUsername: "owner",
    ManageMasterUserPassword: true,
    EnablePerformanceInsights: true,
    MonitoringInterval: 60,
  });

const CACHE: readonly Gap[] = [
  [
    "elasticache/parameter_groups",
    async ({ elasticache }) => {
      const group = { CacheParameterGroupName: "g", CacheParameterGroupFamily: "valkey8", Description: "g" };
      return !!(await elasticache.send(new CreateCacheParameterGroupCommand(group))).CacheParameterGroup;
    },
  ],
  [
    "elasticache/subnet_groups",
    async ({ elasticache, ec2 }) => {
      const { Subnets = [] } = await ec2.send(new DescribeSubnetsCommand({}));
      const CacheSubnetGroupName = "s";
      const SubnetIds = [Subnets[0]?.SubnetId ?? ""];
      const group = { CacheSubnetGroupName, SubnetIds, CacheSubnetGroupDescription: "s" };
      await elasticache.send(new CreateCacheSubnetGroupCommand(group));
      return !!(await elasticache.send(new DeleteCacheSubnetGroupCommand({ CacheSubnetGroupName })));
    },
  ],
  [
    "elasticache/users",
    async ({ elasticache }) => {
      const user = { UserId: "u", UserName: "u", Engine: "valkey", AccessString: "off" };
      await elasticache.send(new CreateUserCommand({ ...user, AuthenticationMode: { Type: "iam" } }));
      const modified = await elasticache.send(new ModifyUserCommand({ UserId: "u", AccessString: "on ~* +@all" }));
      return modified.AccessString === "on ~* +@all";
    },
  ],
  [
    "elasticache/user_groups",
    async ({ elasticache }) => {
      const created = await elasticache.send(new CreateUserGroupCommand({ UserGroupId: "g", Engine: "valkey" }));
      return created.Status === "active";
    },
  ],
  [
    "elasticache/cache_clusters",
    async ({ elasticache }) => {
      const CacheClusterId = "c";
      const cluster = { CacheClusterId, Engine: "redis", CacheNodeType: "cache.t4g.micro", NumCacheNodes: 1 };
      await elasticache.send(new CreateCacheClusterCommand(cluster));
      await elasticache.send(new DeleteCacheClusterCommand({ CacheClusterId }));
      const gone = elasticache.send(new DescribeCacheClustersCommand({ CacheClusterId }));
      return gone.then(
        () => false,
        (error: Error) => error.name.startsWith("CacheClusterNotFound"),
      );
    },
  ],
  [
    "elasticache/replication_groups",
    async ({ elasticache }) => {
      const group = { ReplicationGroupId: "r", ReplicationGroupDescription: "r", NumCacheClusters: 1 };
      const { ReplicationGroup } = await elasticache.send(new CreateReplicationGroupCommand(group));
      const CacheClusterId = ReplicationGroup?.MemberClusters?.[0];
      const { CacheClusters } = await elasticache.send(new DescribeCacheClustersCommand({ CacheClusterId }));
      return CacheClusters?.length === 1;
    },
  ],
  [
    "elasticache/serverless_caches",
    async ({ elasticache }) => {
      const cache = { ServerlessCacheName: "s", Engine: "valkey" };
      return !!(await elasticache.send(new CreateServerlessCacheCommand(cache))).ServerlessCache;
    },
  ],
  [
    "elasticache/tags",
    async ({ elasticache }) => {
      const ResourceName = "arn:aws:elasticache:ap-northeast-1:123456789012:usergroup:g";
      return !!(await elasticache.send(new ListTagsForResourceCommand({ ResourceName })));
    },
  ],
];

const DATABASE: readonly Gap[] = [
  [
    "rds: instances that can be told apart, with insights, monitoring and a real master secret",
    async ({ rds, secrets }) => {
      const one = (await rds.send(database("one"))).DBInstance;
      const two = (await rds.send(database("two"))).DBInstance;
      const SecretId = one?.MasterUserSecret?.SecretArn;
      const { SecretString = "{}" } = await secrets.send(new GetSecretValueCommand({ SecretId }));
      const { username } = JSON.parse(SecretString) as { username?: string };
      const monitored = one?.PerformanceInsightsEnabled === true && one.MonitoringInterval === 60;
      return one?.DbiResourceId !== two?.DbiResourceId && monitored && username === "owner";
    },
  ],
  [
    "rds: a read replica with an id of its own",
    async ({ rds }) => {
      const source = (await rds.send(database("source"))).DBInstance;
      const replica = { DBInstanceIdentifier: "replica", SourceDBInstanceIdentifier: "source", MonitoringInterval: 60 };
      const { DBInstance } = await rds.send(new CreateDBInstanceReadReplicaCommand(replica));
      return DBInstance?.DbiResourceId !== source?.DbiResourceId && DBInstance?.MonitoringInterval === 60;
    },
  ],
  [
    "rds: endpoints of a proxy beside its own",
    async ({ rds, ec2 }) => {
      const { Subnets = [] } = await ec2.send(new DescribeSubnetsCommand({}));
      const VpcSubnetIds = [Subnets[0]?.SubnetId ?? ""];
      const DBProxyName = "p";
      const proxy = { DBProxyName, EngineFamily: "POSTGRESQL" as const, Auth: [], VpcSubnetIds };
      const RoleArn = "arn:aws:iam::123456789012:role/p";
      await rds.send(new CreateDBProxyCommand({ ...proxy, RoleArn }));
      const endpoint = { DBProxyName, DBProxyEndpointName: "r", VpcSubnetIds, TargetRole: "READ_ONLY" as const };
      await rds.send(new CreateDBProxyEndpointCommand(endpoint));
      const { DBProxyEndpoints } = await rds.send(new DescribeDBProxyEndpointsCommand({ DBProxyEndpointName: "r" }));
      return DBProxyEndpoints?.[0]?.TargetRole === "READ_ONLY";
    },
  ],
  [
    "rds: the source of a parameter",
    async ({ rds }) => {
      const DBParameterGroupName = "p";
      const group = { DBParameterGroupName, DBParameterGroupFamily: "postgres16", Description: "p" };
      await rds.send(new CreateDBParameterGroupCommand(group));
      const Parameters = [{ ParameterName: "rds.force_ssl", ParameterValue: "1", ApplyMethod: "immediate" as const }];
      await rds.send(new ModifyDBParameterGroupCommand({ DBParameterGroupName, Parameters }));
      const found = await rds.send(new DescribeDBParametersCommand({ DBParameterGroupName }));
      return found.Parameters?.[0]?.Source === "user";
    },
  ],
  [
    "rds: an Aurora cluster without phantom scaling, with HTTP endpoint",
    async ({ rds }) => {
      const { DBCluster } = await rds.send(
        new CreateDBClusterCommand({
          DBClusterIdentifier: "a",
          Engine: "aurora-postgresql",
          EngineVersion: "16.6",
          MasterUsername: "owner",
          ManageMasterUserPassword: true,
          EnableHttpEndpoint: true,
        }),
      );
      return DBCluster?.ScalingConfigurationInfo === undefined && DBCluster?.HttpEndpointEnabled === true;
    },
  ],
];

/** Names the policy, as every distribution of ours does. */
const distributionWith = (CachePolicyId: string | undefined) =>
  new CreateDistributionCommand({
    DistributionConfig: {
      CallerReference: CachePolicyId ?? "none",
      Comment: "d",
      Enabled: true,
      Origins: { Quantity: 1, Items: [{ Id: "o", DomainName: "origin.example.com" }] },
      DefaultCacheBehavior: { TargetOriginId: "o", ViewerProtocolPolicy: "https-only", CachePolicyId },
    },
  });

const CLOUDFRONT: readonly Gap[] = [
  [
    "cloudfront: the ARN of a distribution",
    async ({ cloudfront }) => {
      const { Distribution } = await cloudfront.send(distributionWith(undefined));
      return Distribution?.ARN === `arn:aws:cloudfront::123456789012:distribution/${Distribution?.Id}`;
    },
  ],
  [
    "cloudfront: a cache policy that cannot be deleted while it is used",
    async ({ cloudfront }) => {
      const CachePolicyConfig = { Name: "p", MinTTL: 0 };
      const { CachePolicy } = await cloudfront.send(new CreateCachePolicyCommand({ CachePolicyConfig }));
      await cloudfront.send(distributionWith(CachePolicy?.Id));
      return cloudfront.send(new DeleteCachePolicyCommand({ Id: CachePolicy?.Id, IfMatch: "E" })).then(
        () => false,
        (error: Error) => error.name === "CachePolicyInUse",
      );
    },
  ],
  [
    "cloudfront: VPC origins, with their tags",
    async ({ cloudfront }) => {
      const config = { Name: "o", HTTPPort: 80, HTTPSPort: 443, OriginProtocolPolicy: "https-only" as const };
      const Arn = "arn:aws:elasticloadbalancing:ap-northeast-1:123456789012:loadbalancer/app/a/0123456789abcdef";
      const VpcOriginEndpointConfig = { ...config, Arn };
      const Tags = { Items: [{ Key: "Team", Value: "edge" }] };
      const { VpcOrigin } = await cloudfront.send(new CreateVpcOriginCommand({ VpcOriginEndpointConfig, Tags }));
      const tagged = await cloudfront.send(new ListTagsForResourceOfCloudfront({ Resource: VpcOrigin?.Arn }));
      const kept = VpcOrigin?.Status === "Deployed" && VpcOrigin.VpcOriginEndpointConfig?.Arn === Arn;
      return kept && tagged.Tags?.Items?.[0]?.Value === "edge";
    },
  ],
];

const LOGS: readonly Gap[] = [
  [
    "logs: the class of a log group",
    async ({ logs }) => {
      await logs.send(new CreateLogGroupCommand({ logGroupName: "/g", logGroupClass: "INFREQUENT_ACCESS" }));
      const { logGroups } = await logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: "/g" }));
      return logGroups?.[0]?.logGroupClass === "INFREQUENT_ACCESS";
    },
  ],
  ["logs: query definitions", async ({ logs }) => !!(await logs.send(new DescribeQueryDefinitionsCommand({})))],
  [
    "logs: TestMetricFilter",
    async ({ logs }) => {
      const test = { filterPattern: "ERROR", logEventMessages: ["ERROR", "ok"] };
      return (await logs.send(new TestMetricFilterCommand(test))).matches?.length === 1;
    },
  ],
  [
    "logs: PutMetricFilter refuses a broken pattern",
    async ({ logs }) => {
      await logs.send(new CreateLogGroupCommand({ logGroupName: "/f" })).catch(() => undefined);
      const metricTransformations = [{ metricName: "m", metricNamespace: "n", metricValue: "1" }];
      const filter = { filterName: "f", logGroupName: "/f", filterPattern: "[ERROR", metricTransformations };
      return logs.send(new PutMetricFilterCommand(filter)).then(
        () => false,
        (error: Error) => error.name === "InvalidParameterException",
      );
    },
  ],
];

/** Amazon's IPv6 block of a new VPC, and the id of a subnet's share of it. */
async function dualStackSubnet({ ec2 }: Clients): Promise<string | undefined> {
  const block = { CidrBlock: "10.9.0.0/16", AmazonProvidedIpv6CidrBlock: true };
  const { VpcId = "" } = (await ec2.send(new CreateVpcCommand(block))).Vpc ?? {};
  const { Vpcs = [] } = await ec2.send(new DescribeVpcsCommand({ VpcIds: [VpcId] }));
  const Ipv6CidrBlock = Vpcs[0]?.Ipv6CidrBlockAssociationSet?.[0]?.Ipv6CidrBlock?.replace("/56", "/64");
  const { Subnet } = await ec2.send(new CreateSubnetCommand({ VpcId, CidrBlock: "10.9.0.0/24", Ipv6CidrBlock }));
  return Subnet?.Ipv6CidrBlockAssociationSet?.[0]?.AssociationId;
}

/** A group of no machine, made by the API itself: the SDK's client for it would be needed here alone. */
async function maintenanceOf({ ec2, endpoint }: Clients): Promise<string> {
  const LaunchTemplateName = "group";
  const LaunchTemplateData = { ImageId: "ami-0123456789abcdef0", InstanceType: "t4g.nano" as const };
  await ec2.send(new CreateLaunchTemplateCommand({ LaunchTemplateName, LaunchTemplateData }));
  const call = async (parameters: Readonly<Record<string, string>>) => {
    const credential = "Credential=testing/20260101/ap-northeast-1/autoscaling/aws4_request";
    const headers = { authorization: `AWS4-HMAC-SHA256 ${credential}, SignedHeaders=host, Signature=0` };
    const body = new URLSearchParams({ Version: "2011-01-01", AutoScalingGroupName: "g", ...parameters });
    return (await fetch(endpoint, { method: "POST", headers, body })).text();
  };
  await call({
    Action: "CreateAutoScalingGroup",
    MinSize: "0",
    MaxSize: "0",
    "AvailabilityZones.member.1": "ap-northeast-1a",
    "LaunchTemplate.LaunchTemplateName": LaunchTemplateName,
    "InstanceMaintenancePolicy.MinHealthyPercentage": "0",
    "InstanceMaintenancePolicy.MaxHealthyPercentage": "100",
  });
  return call({ Action: "DescribeAutoScalingGroups" });
}

const OTHERS: readonly Gap[] = [
  [
    "wafv2: the lock token of an IP set is a UUID, after a change as well",
    async ({ waf }) => {
      const set = { Name: "g", Scope: "REGIONAL" as const, Addresses: [] };
      const { Summary } = await waf.send(new CreateIPSetCommand({ ...set, IPAddressVersion: "IPV4" }));
      const { Id, LockToken } = Summary ?? {};
      const { NextLockToken } = await waf.send(new UpdateIPSetCommand({ ...set, Id, LockToken }));
      return [LockToken, NextLockToken].every((token) => token?.length === 36);
    },
  ],
  [
    "autoscaling: how a group replaces its machines",
    async (aws) => {
      const described = await maintenanceOf(aws);
      return described.includes("<MaxHealthyPercentage>100<") && described.includes("<CapacityReservationPreference>");
    },
  ],
  [
    "ec2: the IPv6 block of a subnet, by its association",
    async (aws) => {
      const association = await dualStackSubnet(aws);
      const Filters = [{ Name: "ipv6-cidr-block-association.association-id", Values: [association ?? ""] }];
      const { Subnets } = await aws.ec2.send(new DescribeSubnetsCommand({ Filters }));
      return Subnets?.[0]?.Ipv6CidrBlockAssociationSet?.[0]?.Ipv6CidrBlockState?.State === "associated";
    },
  ],
  [
    "ec2: a launch template's own tags, apart from those of what it launches",
    async ({ ec2 }) => {
      const LaunchTemplateName = "tagged";
      const Tags = [{ Key: "a", Value: "b" }];
      const LaunchTemplateData = { TagSpecifications: [{ ResourceType: "instance" as const, Tags }] };
      const TagSpecifications = [{ ResourceType: "launch-template" as const, Tags }];
      await ec2.send(new CreateLaunchTemplateCommand({ LaunchTemplateName, LaunchTemplateData, TagSpecifications }));
      const query = new DescribeLaunchTemplateVersionsCommand({ LaunchTemplateName });
      const { LaunchTemplateVersions } = await ec2.send(query);
      return LaunchTemplateVersions?.[0]?.LaunchTemplateData?.TagSpecifications?.length === 1;
    },
  ],
  [
    "application_autoscaling",
    async ({ autoscaling }) => {
      const ResourceARN = "arn:aws:application-autoscaling:ap-northeast-1:123456789012:scalable-target/a";
      return !!(await autoscaling.send(new ListScalingTags({ ResourceARN }))).Tags;
    },
  ],
  [
    "cloudwatch: composite alarms",
    async ({ cloudwatch }) =>
      !!(await cloudwatch.send(new PutCompositeAlarmCommand({ AlarmName: "c", AlarmRule: "TRUE" }))),
  ],
  [
    "ecs: what a service was told",
    async ({ ecs }) => {
      await ecs.send(new CreateClusterCommand({ clusterName: "c" }));
      const containerDefinitions = [{ name: "app", image: "app", memory: 128 }];
      await ecs.send(new RegisterTaskDefinitionCommand({ family: "f", containerDefinitions }));
      const service = { cluster: "c", serviceName: "s", taskDefinition: "f", desiredCount: 1 };
      const created = await ecs.send(new CreateServiceCommand({ ...service, healthCheckGracePeriodSeconds: 7 }));
      return created.service?.healthCheckGracePeriodSeconds === 7;
    },
  ],
  [
    "elbv2: the scheme",
    async ({ elb, ec2 }) => {
      const subnets = (await ec2.send(new DescribeSubnetsCommand({}))).Subnets ?? [];
      const Subnets = subnets.slice(0, 2).map(({ SubnetId = "" }) => SubnetId);
      const { LoadBalancers } = await elb.send(new CreateLoadBalancerCommand({ Name: "l", Subnets }));
      return LoadBalancers?.[0]?.Scheme === "internet-facing";
    },
  ],
  [
    "iam_conditions",
    async ({ s3 }) => {
      const Bucket = "gap-conditions";
      await s3.send(
        new CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint: "ap-northeast-1" } }),
      );
      const Statement = {
        Effect: "Deny",
        Principal: "*",
        Action: "s3:*",
        Resource: `arn:aws:s3:::${Bucket}/*`,
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      };
      const Policy = JSON.stringify({ Version: "2012-10-17", Statement });
      await s3.send(new PutBucketPolicyCommand({ Bucket, Policy }));
      return !!(await s3.send(new PutObjectCommand({ Bucket, Key: "a", Body: "a" })));
    },
  ],
  [
    "kms: the rotation period",
    async ({ kms }) => {
      const KeyId = (await kms.send(new CreateKeyCommand({}))).KeyMetadata?.KeyId;
      await kms.send(new EnableKeyRotationCommand({ KeyId, RotationPeriodInDays: 100 }));
      return (await kms.send(new GetKeyRotationStatusCommand({ KeyId }))).RotationPeriodInDays === 100;
    },
  ],
  [
    "s3: deleting a delete marker",
    async ({ s3 }) => {
      const Bucket = "gap-markers";
      await s3.send(
        new CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint: "ap-northeast-1" } }),
      );
      await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: "Enabled" } }));
      await s3.send(new PutObjectCommand({ Bucket, Key: "a", Body: "a" }));
      const { VersionId } = await s3.send(new DeleteObjectCommand({ Bucket, Key: "a" }));
      // Terraform suspends versioning before it empties and deletes the bucket.
      await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: "Suspended" } }));
      return !!(await s3.send(new DeleteObjectCommand({ Bucket, Key: "a", VersionId })));
    },
  ],
  [
    "ec2: the description of a rule between security groups",
    async ({ ec2 }) => {
      const { SecurityGroups = [] } = await ec2.send(new DescribeSecurityGroupsCommand({}));
      const GroupId = SecurityGroups[0]?.GroupId ?? "";
      const pair = { GroupId, Description: "described" };
      const permission = { IpProtocol: "tcp", FromPort: 1, ToPort: 1, UserIdGroupPairs: [pair] };
      await ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions: [permission] }));
      const { SecurityGroupRules = [] } = await ec2.send(new DescribeSecurityGroupRulesCommand({}));
      return SecurityGroupRules.some(({ Description }) => Description === "described");
    },
  ],
  [
    "ec2: deleting a gateway endpoint once more",
    async ({ ec2 }) => {
      const { RouteTables = [] } = await ec2.send(new DescribeRouteTablesCommand({}));
      const { VpcId, RouteTableId = "" } = RouteTables[0] ?? {};
      const ServiceName = "com.amazonaws.ap-northeast-1.s3";
      const gateway = { VpcId, ServiceName, VpcEndpointType: "Gateway" } as const;
      const { VpcEndpoint } = await ec2.send(
        new CreateVpcEndpointCommand({ ...gateway, RouteTableIds: [RouteTableId] }),
      );
      const deletion = new DeleteVpcEndpointsCommand({ VpcEndpointIds: [VpcEndpoint?.VpcEndpointId ?? ""] });
      await ec2.send(deletion);
      return !!(await ec2.send(deletion));
    },
  ],
  [
    "elbv2: deletion protection",
    async ({ elb, ec2 }) => {
      const { Subnets = [] } = await ec2.send(new DescribeSubnetsCommand({}));
      const balancer = { Name: "protected", Subnets: Subnets.slice(0, 2).map(({ SubnetId }) => SubnetId ?? "") };
      const { LoadBalancers } = await elb.send(new CreateLoadBalancerCommand(balancer));
      const LoadBalancerArn = LoadBalancers?.[0]?.LoadBalancerArn;
      const Attributes = [{ Key: "deletion_protection.enabled", Value: "true" }];
      await elb.send(new ModifyLoadBalancerAttributesCommand({ LoadBalancerArn, Attributes }));
      return elb.send(new DeleteLoadBalancerCommand({ LoadBalancerArn })).then(
        () => false,
        (error: Error) => error.name.startsWith("OperationNotPermitted"),
      );
    },
  ],
  [
    "unimplemented: an answer that is not retried",
    async ({ elasticache }) => {
      const call = elasticache.send(
        new IncreaseReplicaCountCommand({ ReplicationGroupId: "r", ApplyImmediately: true }),
      );
      return call.then(
        () => true,
        (error: { $metadata?: { httpStatusCode?: number } }) => error.$metadata?.httpStatusCode === 501,
      );
    },
  ],
];

const GAPS = [...OTHERS, ...CLOUDFRONT, ...LOGS, ...DATABASE, ...CACHE];

describe("every extension fills a gap that stock moto has", () => {
  let stock: AwsSimulator;
  let extended: AwsSimulator;

  beforeAll(async () => {
    const { python } = await findPrograms();
    [stock, extended] = await Promise.all([
      AwsSimulator.start({ python, plain: true }),
      AwsSimulator.start({ python }),
    ]);
  });

  afterAll(() => Promise.all([stock?.stop(), extended?.stop()]));

  it.each(GAPS)("%s", async (_, isFilled) => {
    expect(await isFilled(clients(extended.endpoint))).toBe(true);
    const onStock = await isFilled(clients(stock.endpoint)).catch(() => false);
    expect(onStock).toBe(false);
  });
});
