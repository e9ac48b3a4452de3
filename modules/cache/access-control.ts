import { ElasticacheUser } from "@cdktf/provider-aws/lib/elasticache-user";
import { ElasticacheUserGroup } from "@cdktf/provider-aws/lib/elasticache-user-group";
import { type Construct } from "constructs";
import { physicalName } from "../core/names";
import { accessString, NO_ACCESS } from "./access-string";
import { type CompleteCacheProps } from "./props";

/** Longest id of a user or a group. */
const ID_MAX_LENGTH = 40;

export interface AccessControl {
  readonly user: ElasticacheUser;
  readonly group: ElasticacheUserGroup;
}

/** The app's user, who signs in by IAM, alone in a group; none at all when the cache asks nobody who he is. */
export function createAccessControl(scope: Construct, props: CompleteCacheProps): AccessControl | undefined {
  const { authentication, engine, name } = props;
  if (authentication.kind === "none") return undefined;
  const id = authentication.userName ?? physicalName([name, "app"], { maxLength: ID_MAX_LENGTH });
  const user = new ElasticacheUser(scope, "user", {
    // IAM wants the two to be the same. Source: ElastiCache user guide, "Authenticating with IAM", limitations.
    userId: id,
    userName: id,
    engine,
    accessString: accessString(props),
    authenticationMode: { type: "iam" },
    tags: { Name: id },
  });
  const userIds = engine === "redis" ? [createDefaultUser(scope, name).userId, user.userId] : [user.userId];
  const groupId = physicalName([name, "cache"], { maxLength: ID_MAX_LENGTH });
  const group = new ElasticacheUserGroup(scope, "user-group", {
    userGroupId: groupId,
    engine,
    userIds,
    tags: { Name: groupId },
  });
  return { user, group };
}

/**
 * A group of Redis users has to hold one named `default`, which everybody is who names no user: this one is switched off.
 * A group of Valkey users needs none. Source: ElastiCache user guide, "Role-Based Access Control (RBAC)".
 */
function createDefaultUser(scope: Construct, name: string): ElasticacheUser {
  const userId = physicalName([name, "default"], { maxLength: ID_MAX_LENGTH });
  return new ElasticacheUser(scope, "default-user", {
    userId,
    userName: "default",
    engine: "redis",
    accessString: NO_ACCESS,
    // Switched off, it needs no password. As an authentication mode the same would come back as "no-password", and drift.
    noPasswordRequired: true,
    tags: { Name: userId },
  });
}
