import {
  DescribeCacheClustersCommand,
  DescribeCacheSubnetGroupsCommand,
  type ElastiCacheClient,
  paginateDescribeReplicationGroups,
  paginateDescribeServerlessCaches,
  type ReplicationGroup,
} from "@aws-sdk/client-elasticache";
import { ask } from "./ask";
import { type DataStore } from "./data-store";
import { collect } from "./pages";

export interface Cache extends DataStore {
  readonly isEncryptedInTransit: boolean;
  readonly isInClusterMode: boolean;
  /** Host names that clients may use. */
  readonly hosts: readonly string[];
}

/** Finds the replication group or serverless cache that a host name belongs to; `undefined` when ElastiCache has none here. */
export async function findCache(elasticache: ElastiCacheClient, host: string): Promise<Cache | undefined> {
  const pages = paginateDescribeReplicationGroups({ client: elasticache }, {});
  const groups = await ask(
    "elasticache:DescribeReplicationGroups",
    collect(pages, (page) => page.ReplicationGroups),
  );
  const group = groups.find((each) => hostsOf(each).includes(host));
  return group === undefined ? findServerless(elasticache, host) : describeGroup(elasticache, group);
}

/** Readers are for reading only: the application writes. */
function hostsOf({ ConfigurationEndpoint, NodeGroups = [] }: ReplicationGroup): string[] {
  const primaries = NodeGroups.map(({ PrimaryEndpoint }) => PrimaryEndpoint);
  return [ConfigurationEndpoint, ...primaries].flatMap((endpoint) => endpoint?.Address ?? []);
}

async function describeGroup(elasticache: ElastiCacheClient, group: ReplicationGroup): Promise<Cache> {
  const CacheClusterId = group.MemberClusters?.[0];
  const { CacheClusters = [] } = await ask(
    "elasticache:DescribeCacheClusters",
    elasticache.send(new DescribeCacheClustersCommand({ CacheClusterId })),
  );
  const [member = {}] = CacheClusters;
  return {
    id: group.ReplicationGroupId ?? "",
    status: group.Status ?? "",
    isEncryptedInTransit: group.TransitEncryptionEnabled ?? false,
    isInClusterMode: group.ClusterEnabled ?? false,
    hosts: hostsOf(group),
    securityGroupIds: (member.SecurityGroups ?? []).flatMap(({ SecurityGroupId }) => SecurityGroupId ?? []),
    subnetIds: await subnetsOf(elasticache, member.CacheSubnetGroupName),
  };
}

async function subnetsOf(elasticache: ElastiCacheClient, name: string | undefined): Promise<readonly string[]> {
  if (name === undefined) return [];
  const query = new DescribeCacheSubnetGroupsCommand({ CacheSubnetGroupName: name });
  const { CacheSubnetGroups = [] } = await ask("elasticache:DescribeCacheSubnetGroups", elasticache.send(query));
  return (CacheSubnetGroups[0]?.Subnets ?? []).flatMap(({ SubnetIdentifier }) => SubnetIdentifier ?? []);
}

/** A serverless cache is always encrypted and always in cluster mode. Source: ElastiCache user guide, "Choosing between deployment options". */
async function findServerless(elasticache: ElastiCacheClient, host: string): Promise<Cache | undefined> {
  const pages = paginateDescribeServerlessCaches({ client: elasticache }, {});
  const caches = await ask(
    "elasticache:DescribeServerlessCaches",
    collect(pages, (page) => page.ServerlessCaches),
  );
  const found = caches.find(({ Endpoint }) => Endpoint?.Address === host);
  if (found === undefined) return undefined;
  return {
    id: found.ServerlessCacheName ?? "",
    status: found.Status ?? "",
    isEncryptedInTransit: true,
    isInClusterMode: true,
    hosts: [host],
    securityGroupIds: found.SecurityGroupIds ?? [],
    subnetIds: found.SubnetIds ?? [],
  };
}
