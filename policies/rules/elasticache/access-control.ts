import { has, unless } from "../../finders";
import { Rule } from "../../rule";

export const elasticacheAccessControl = new Rule({
  id: "elasticache-access-control",
  severity: "error",
  types: ["aws_elasticache_replication_group", "aws_elasticache_serverless_cache"],
  controls: ["ElastiCache.6"],
  reason:
    "Without a user group, any client that reaches the port can run every command; an AUTH token is stored in the state.",
  remedy: "Set a user group and remove auth_token.",
  find: (resource) => {
    const attributeName = resource.type === "aws_elasticache_serverless_cache" ? "user_group_id" : "user_group_ids";
    const token = unless(!has(resource, "auth_token"), "auth_token", "none", "a token");
    return [
      ...unless(has(resource, attributeName), attributeName, "a user group", resource.value(attributeName)),
      ...token,
    ];
  },
});
