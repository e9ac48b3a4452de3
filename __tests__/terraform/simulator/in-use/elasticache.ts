import {
  CreateCacheParameterGroupCommand,
  CreateUserCommand,
  CreateUserGroupCommand,
  DeleteCacheParameterGroupCommand,
  DeleteCacheSubnetGroupCommand,
  DeleteUserCommand,
  DeleteUserGroupCommand,
  DescribeUserGroupsCommand,
  ModifyCacheSubnetGroupCommand,
} from "@aws-sdk/client-elasticache";
import { cache, cacheGroup } from "./resources/cache";
import { network } from "./resources/vpc";
import { aws, expectRefused, fresh } from "./simulated";

async function user(UserName: string): Promise<string> {
  const UserId = fresh("user");
  const AuthenticationMode = { Type: "iam" as const };
  const Engine = "valkey";
  await aws.elasticache.send(
    new CreateUserCommand({ UserId, UserName, Engine, AccessString: "on ~* +@all", AuthenticationMode }),
  );
  return UserId;
}

describe("ElastiCache", () => {
  it("keeps the subnet group of a cache, and its subnets in the group", async () => {
    const { subnets } = await network();
    const CacheSubnetGroupName = await cacheGroup(subnets);
    await cache(CacheSubnetGroupName);
    const deletion = new DeleteCacheSubnetGroupCommand({ CacheSubnetGroupName });
    await expectRefused(aws.elasticache.send(deletion), "CacheSubnetGroupInUse");
    const fewer = new ModifyCacheSubnetGroupCommand({ CacheSubnetGroupName, SubnetIds: [subnets[0] ?? ""] });
    await expectRefused(aws.elasticache.send(fewer), "SubnetInUse");
  });

  it("keeps the parameter group of a cache", async () => {
    const CacheParameterGroupName = fresh("pg");
    const family = { CacheParameterGroupFamily: "valkey8", Description: "p" };
    await aws.elasticache.send(new CreateCacheParameterGroupCommand({ CacheParameterGroupName, ...family }));
    await cache(await cacheGroup((await network()).subnets), { CacheParameterGroupName });
    const deletion = new DeleteCacheParameterGroupCommand({ CacheParameterGroupName });
    await expectRefused(aws.elasticache.send(deletion), "InvalidCacheParameterGroupStateFault");
  });

  it("keeps the user group of a cache, and its default user; another user leaves the group", async () => {
    const [defaultUser, other] = [await user("default"), await user("app")];
    const UserGroupId = fresh("users");
    const group = { UserGroupId, Engine: "valkey", UserIds: [defaultUser, other] };
    await aws.elasticache.send(new CreateUserGroupCommand(group));
    const secured = { UserGroupIds: [UserGroupId], TransitEncryptionEnabled: true };
    await cache(await cacheGroup((await network()).subnets), secured);
    const deletion = new DeleteUserGroupCommand({ UserGroupId });
    await expectRefused(aws.elasticache.send(deletion), "InvalidUserGroupStateFault");
    const first = new DeleteUserCommand({ UserId: defaultUser });
    await expectRefused(aws.elasticache.send(first), "DefaultUserAssociatedToUserGroupFault");
    await aws.elasticache.send(new DeleteUserCommand({ UserId: other }));
    const { UserGroups } = await aws.elasticache.send(new DescribeUserGroupsCommand({ UserGroupId }));
    expect(UserGroups?.[0]?.UserIds).toEqual([defaultUser]);
  });
});
