import { attribute } from "../../finders";
import { Rule } from "../../rule";
import { isOn } from "../../template-text";

export const rdsInstanceMultiAz = new Rule({
  id: "rds-instance-multi-az",
  severity: "error",
  tiers: ["production"],
  types: ["aws_db_instance"],
  when: ({ body }) => body["replicate_source_db"] === undefined,
  controls: ["RDS.5"],
  reason: "With one zone, a zone failure takes the database offline.",
  remedy: "Set multi_az to true; it doubles the price of the instance.",
  find: attribute("multi_az", "true", isOn),
});
