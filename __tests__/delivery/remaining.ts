import { DescribeAlarmsCommand } from "@aws-sdk/client-cloudwatch";
import { DescribeLogGroupsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { DescribeSecurityGroupsCommand, DescribeVpcsCommand } from "@aws-sdk/client-ec2";
import { DescribeClustersCommand, ListClustersCommand, ListTaskDefinitionsCommand } from "@aws-sdk/client-ecs";
import { DescribeLoadBalancersCommand, DescribeTargetGroupsCommand } from "@aws-sdk/client-elastic-load-balancing-v2";
import { DescribeReplicationGroupsCommand, DescribeUsersCommand } from "@aws-sdk/client-elasticache";
import { DescribeDBInstancesCommand, DescribeDBSnapshotsCommand } from "@aws-sdk/client-rds";
import { ListBucketsCommand } from "@aws-sdk/client-s3";
import { ListSecretsCommand } from "@aws-sdk/client-secrets-manager";
import { DescribeParametersCommand } from "@aws-sdk/client-ssm";
import { ListWebACLsCommand } from "@aws-sdk/client-wafv2";
import { type Clients } from "../helpers/aws-clients";

type Names = readonly (string | undefined)[];

/** Lists what an account still has of the kinds that a stack creates, except what every account has. */
export async function remainingIn(aws: Clients): Promise<string[]> {
  const found: Readonly<Record<string, Names>> = {
    ...(await computeIn(aws)),
    ...(await dataIn(aws)),
    ...(await networkIn(aws)),
    ...(await operationsIn(aws)),
  };
  return Object.entries(found).flatMap(([kind, names]) => names.map((name) => `${kind} ${name ?? "without a name"}`));
}

async function computeIn({ ecs, elb, waf }: Clients): Promise<Record<string, Names>> {
  const { clusterArns: listed = [] } = await ecs.send(new ListClustersCommand({}));
  // AWS lists a deleted cluster for a while.
  const { clusters = [] } = await ecs.send(new DescribeClustersCommand({ clusters: listed }));
  const { taskDefinitionArns = [] } = await ecs.send(new ListTaskDefinitionsCommand({ status: "ACTIVE" }));
  const { LoadBalancers = [] } = await elb.send(new DescribeLoadBalancersCommand({}));
  const { TargetGroups = [] } = await elb.send(new DescribeTargetGroupsCommand({}));
  const { WebACLs = [] } = await waf.send(new ListWebACLsCommand({ Scope: "REGIONAL" }));
  return {
    cluster: clusters.flatMap(({ status, clusterName }) => (status === "ACTIVE" ? [clusterName] : [])),
    "task definition": taskDefinitionArns,
    "load balancer": LoadBalancers.map(({ LoadBalancerName }) => LoadBalancerName),
    "target group": TargetGroups.map(({ TargetGroupName }) => TargetGroupName),
    "web ACL": WebACLs.map(({ Name }) => Name),
  };
}

async function dataIn({ rds, elasticache, s3 }: Clients): Promise<Record<string, Names>> {
  const { DBInstances = [] } = await rds.send(new DescribeDBInstancesCommand({}));
  const { DBSnapshots = [] } = await rds.send(new DescribeDBSnapshotsCommand({}));
  const { ReplicationGroups = [] } = await elasticache.send(new DescribeReplicationGroupsCommand({}));
  const { Users = [] } = await elasticache.send(new DescribeUsersCommand({}));
  const { Buckets = [] } = await s3.send(new ListBucketsCommand({}));
  return {
    database: DBInstances.map(({ DBInstanceIdentifier }) => DBInstanceIdentifier),
    snapshot: DBSnapshots.map(({ DBSnapshotIdentifier }) => DBSnapshotIdentifier),
    cache: ReplicationGroups.map(({ ReplicationGroupId }) => ReplicationGroupId),
    "cache user": Users.map(({ UserId }) => UserId).filter((id) => id !== "default"),
    bucket: Buckets.map(({ Name }) => Name),
  };
}

async function networkIn({ ec2 }: Clients): Promise<Record<string, Names>> {
  const { Vpcs = [] } = await ec2.send(new DescribeVpcsCommand({}));
  const { SecurityGroups = [] } = await ec2.send(new DescribeSecurityGroupsCommand({}));
  return {
    VPC: Vpcs.filter(({ IsDefault }) => !IsDefault).map(({ VpcId }) => VpcId),
    "security group": SecurityGroups.map(({ GroupName }) => GroupName).filter((name) => name !== "default"),
  };
}

async function operationsIn({ logs, secrets, ssm, cloudwatch }: Clients): Promise<Record<string, Names>> {
  const { logGroups = [] } = await logs.send(new DescribeLogGroupsCommand({}));
  const { SecretList = [] } = await secrets.send(new ListSecretsCommand({}));
  const { Parameters = [] } = await ssm.send(new DescribeParametersCommand({}));
  const { MetricAlarms = [], CompositeAlarms = [] } = await cloudwatch.send(new DescribeAlarmsCommand({}));
  return {
    "log group": logGroups.map(({ logGroupName }) => logGroupName),
    secret: SecretList.map(({ Name }) => Name),
    parameter: Parameters.map(({ Name }) => Name),
    alarm: [...MetricAlarms, ...CompositeAlarms].map(({ AlarmName }) => AlarmName),
  };
}
