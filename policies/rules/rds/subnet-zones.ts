import { Rule } from "../../rule";
import { twoZones } from "../../zones";

export const rdsSubnetZones = new Rule({
  id: "rds-subnet-zones",
  severity: "error",
  types: ["aws_db_subnet_group"],
  controls: [],
  reason: "RDS refuses a group in one zone, half-way through an apply.",
  remedy: "Pass subnets of two availability zones or more.",
  find: (group, configuration) => twoZones(group, "subnet_ids", configuration),
});
