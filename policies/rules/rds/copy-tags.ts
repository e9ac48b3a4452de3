import { attribute } from "../../finders";
import { Rule } from "../../rule";
import { isOn } from "../../template-text";

export const rdsCopyTags = new Rule({
  id: "rds-copy-tags",
  severity: "error",
  types: ["aws_db_instance", "aws_rds_cluster"],
  controls: ["RDS.16", "RDS.17"],
  reason: "Nobody can tell whose an untagged snapshot is, so it is never deleted.",
  remedy: "Set copy_tags_to_snapshot to true.",
  find: attribute("copy_tags_to_snapshot", "true", isOn),
});
