import { attribute } from "../../finders";
import { Rule } from "../../rule";
import { isOn } from "../../template-text";

export const rdsEncryption = new Rule({
  id: "rds-encryption",
  severity: "error",
  types: ["aws_db_instance", "aws_rds_cluster"],
  controls: ["RDS.3", "RDS.27"],
  reason: "Unencrypted storage can be encrypted later only by restoring a snapshot.",
  remedy: "Set storage_encrypted to true.",
  find: attribute("storage_encrypted", "true", isOn),
});
