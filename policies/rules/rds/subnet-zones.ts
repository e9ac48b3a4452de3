import { Rule } from "../../rule";
import { twoZones } from "../../zones";

export const rdsSubnetZones = new Rule({
  id: "rds-subnet-zones",
  severity: "error",
  types: ["aws_db_subnet_group"],
  controls: [],
  reason: "RDS rejects a subnet group in one zone in the middle of an apply.",
  remedy: "Use subnets in at least two availability zones.",
  find: (group, configuration) => twoZones(group, "subnet_ids", configuration),
});
