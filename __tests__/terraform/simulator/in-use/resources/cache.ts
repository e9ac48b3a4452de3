import { CreateCacheSubnetGroupCommand, CreateReplicationGroupCommand } from "@aws-sdk/client-elasticache";
import { aws, fresh } from "../simulated";

export async function cacheGroup(SubnetIds: readonly string[]): Promise<string> {
  const CacheSubnetGroupName = fresh("cache");
  const group = { CacheSubnetGroupName, CacheSubnetGroupDescription: "g", SubnetIds: [...SubnetIds] };
  await aws.elasticache.send(new CreateCacheSubnetGroupCommand(group));
  return CacheSubnetGroupName;
}

export async function cache(CacheSubnetGroupName: string, changes: object = {}) {
  await aws.elasticache.send(
    new CreateReplicationGroupCommand({
      ReplicationGroupId: fresh("cache"),
      ReplicationGroupDescription: "c",
      Engine: "valkey",
      CacheSubnetGroupName,
      ...changes,
    }),
  );
}
