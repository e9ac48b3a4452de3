import { has, unless } from "../../finders";
import { Rule } from "../../rule";

export const elasticacheAccessControl = new Rule({
  id: "elasticache-access-control",
  severity: "error",
  types: ["aws_elasticache_replication_group", "aws_elasticache_serverless_cache"],
  controls: ["ElastiCache.6"],
  reason: "Whoever reaches the port could run every command; an AUTH token lands in the state.",
  remedy: "Give it a user group and no auth_token.",
  find: (resource) => {
    const attributeName = resource.type === "aws_elasticache_serverless_cache" ? "user_group_id" : "user_group_ids";
    const token = unless(!has(resource, "auth_token"), "auth_token", "none", "a token");
    return [
      ...unless(has(resource, attributeName), attributeName, "a user group", resource.value(attributeName)),
      ...token,
    ];
  },
});
