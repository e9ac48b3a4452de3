import { all, attribute, isSet } from "../../finders";
import { Rule } from "../../rule";
import { isOn } from "../../template-text";

export const rdsFinalSnapshot = new Rule({
  id: "rds-final-snapshot",
  severity: "error",
  tiers: ["production"],
  types: ["aws_db_instance", "aws_rds_cluster"],
  when: ({ type, body }) => type !== "aws_db_instance" || body["replicate_source_db"] === undefined,
  controls: [],
  reason: "A database deleted without a final snapshot cannot be restored.",
  remedy: "Set skip_final_snapshot to false and set final_snapshot_identifier.",
  find: all(
    attribute("skip_final_snapshot", "false", (value) => !isOn(value)),
    attribute("final_snapshot_identifier", "a name", isSet),
  ),
});
