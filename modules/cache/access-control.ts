import { ElasticacheUser } from "@cdktf/provider-aws/lib/elasticache-user";
import { ElasticacheUserGroup } from "@cdktf/provider-aws/lib/elasticache-user-group";
import { type Construct } from "constructs";
import { physicalName } from "../core/names";
import { accessString, NO_ACCESS } from "./access-string";
import { type CompleteCacheProps } from "./defaults";

/** Longest id that ElastiCache accepts for a user or a group. */
const ID_MAX_LENGTH = 40;

export interface AccessControl {
  readonly user: ElasticacheUser;
  readonly group: ElasticacheUserGroup;
}

/** Creates the app's user, which signs in with IAM, and its group; `undefined` when the cache has no authentication. */
export function createAccessControl(scope: Construct, props: CompleteCacheProps): AccessControl | undefined {
  const { authentication, engine, name } = props;
  if (authentication.kind === "none") return undefined;
  const id = authentication.userName ?? physicalName([name, "app"], { maxLength: ID_MAX_LENGTH });
  const user = new ElasticacheUser(scope, "user", {
    // IAM authentication requires both to be the same. Source: ElastiCache user guide, "Authenticating with IAM", limitations.
    userId: id,
    userName: id,
    engine,
    accessString: accessString(props),
    authenticationMode: { type: "iam" },
    tags: { Name: id },
    // A group refers to its users until it has been updated.
    lifecycle: { createBeforeDestroy: true },
  });
  const userIds = engine === "redis" ? [createDefaultUser(scope, name).userId, user.userId] : [user.userId];
  const groupId = physicalName([name, "cache"], { maxLength: ID_MAX_LENGTH });
  const group = new ElasticacheUserGroup(scope, "user-group", {
    userGroupId: groupId,
    engine,
    userIds,
    tags: { Name: groupId },
    // The cache refers to the group until it has been updated.
    lifecycle: { createBeforeDestroy: true },
  });
  return { user, group };
}

/** Returns the id of the disabled user `default`, which only Redis OSS has. */
export function defaultUserId(name: string): string {
  return physicalName([name, "default"], { maxLength: ID_MAX_LENGTH });
}

/**
 * Creates the disabled user `default`. A group of Redis users must contain a user by that name, because clients that name no user
 * get it; a group of Valkey users does not. Source: ElastiCache user guide, "Role-Based Access Control (RBAC)".
 */
function createDefaultUser(scope: Construct, name: string): ElasticacheUser {
  const userId = defaultUserId(name);
  return new ElasticacheUser(scope, "default-user", {
    userId,
    userName: "default",
    engine: "redis",
    accessString: NO_ACCESS,
    // A disabled user needs no password. Set as an authentication mode, AWS would return "no-password", which Terraform reports as drift.
    noPasswordRequired: true,
    tags: { Name: userId },
    // ElastiCache deletes no default user of a group.
    lifecycle: { createBeforeDestroy: true },
  });
}
