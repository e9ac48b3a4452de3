import { attribute, isSet } from "../../finders";
import { Rule } from "../../rule";

export const elasticacheSubnetGroup = new Rule({
  id: "elasticache-subnet-group",
  severity: "error",
  types: ["aws_elasticache_replication_group"],
  controls: ["ElastiCache.7"],
  reason: "The default subnet group contains the default VPC's subnets, which are public.",
  remedy: "Set subnet_group_name to a subnet group of private subnets.",
  find: attribute("subnet_group_name", "a subnet group of its own", (value) => isSet(value) && value !== "default"),
});
