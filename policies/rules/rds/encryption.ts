import { attribute } from "../../finders";
import { Rule } from "../../rule";
import { isOn } from "../../template-text";

export const rdsEncryption = new Rule({
  id: "rds-encryption",
  severity: "error",
  types: ["aws_db_instance", "aws_rds_cluster"],
  controls: ["RDS.3", "RDS.27"],
  reason: "Storage that is not encrypted now can only be encrypted by a restore.",
  remedy: "Set storage_encrypted.",
  find: attribute("storage_encrypted", "true", isOn),
});
