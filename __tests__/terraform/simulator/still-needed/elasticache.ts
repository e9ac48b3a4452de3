import { DescribeSubnetsCommand } from "@aws-sdk/client-ec2";
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
  ModifyReplicationGroupCommand,
  ModifyReplicationGroupShardConfigurationCommand,
  ModifyServerlessCacheCommand,
  ModifyUserCommand,
  ModifyUserGroupCommand,
} from "@aws-sdk/client-elasticache";
import { type Gap } from "./gap";

export const ELASTICACHE_GAPS: readonly Gap[] = [
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
      const changes = { AccessString: "on ~* +@all", Engine: "redis" };
      const modified = await elasticache.send(new ModifyUserCommand({ UserId: "u", ...changes }));
      return modified.AccessString === changes.AccessString && modified.Engine === changes.Engine;
    },
  ],
  [
    "elasticache/node_counts",
    async ({ elasticache }) => {
      const ReplicationGroupId = "counted";
      const group = { ReplicationGroupId, ReplicationGroupDescription: "c", Engine: "valkey", EngineVersion: "8.0" };
      const sizes = { ClusterMode: "enabled" as const, NumNodeGroups: 2, ReplicasPerNodeGroup: 1 };
      await elasticache.send(
        new CreateReplicationGroupCommand({ ...group, ...sizes, CacheNodeType: "cache.t4g.micro" }),
      );
      const at = { ReplicationGroupId, ApplyImmediately: true };
      await elasticache.send(new IncreaseReplicaCountCommand({ ...at, NewReplicaCount: 2 }));
      const { ReplicationGroup } = await elasticache.send(
        new ModifyReplicationGroupShardConfigurationCommand({ ...at, NodeGroupCount: 3 }),
      );
      return ReplicationGroup?.NodeGroups?.length === 3 && ReplicationGroup.MemberClusters?.length === 9;
    },
  ],
  [
    "elasticache/user_groups",
    async ({ elasticache }) => {
      const created = await elasticache.send(new CreateUserGroupCommand({ UserGroupId: "g", Engine: "valkey" }));
      const user = { UserId: "d", UserName: "default", Engine: "redis", AccessString: "off", NoPasswordRequired: true };
      await elasticache.send(new CreateUserCommand(user));
      const changes = { Engine: "redis", UserIdsToAdd: ["d"] };
      const modified = await elasticache.send(new ModifyUserGroupCommand({ UserGroupId: "g", ...changes }));
      return created.Status === "active" && modified.Engine === "redis";
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
      const changes = { ReplicationGroupId: "r", Engine: "valkey", ApplyImmediately: true };
      const modified = (await elasticache.send(new ModifyReplicationGroupCommand(changes))).ReplicationGroup;
      return CacheClusters?.length === 1 && modified?.Engine === "valkey";
    },
  ],
  [
    "elasticache/serverless_caches",
    async ({ elasticache }) => {
      const cache = { ServerlessCacheName: "s", Engine: "redis" };
      await elasticache.send(new CreateServerlessCacheCommand(cache));
      const changes = { ServerlessCacheName: "s", Engine: "valkey", MajorEngineVersion: "8" };
      const modified = (await elasticache.send(new ModifyServerlessCacheCommand(changes))).ServerlessCache;
      return modified?.Engine === "valkey" && modified.FullEngineVersion === "8.0";
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
