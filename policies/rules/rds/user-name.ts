import { attributeByType } from "../../finders";
import { Rule } from "../../rule";

const DEFAULTS: readonly string[] = ["postgres", "admin", "administrator", "root", "master", "mysql"];

export const rdsUserName = new Rule({
  id: "rds-user-name",
  severity: "error",
  types: ["aws_db_instance", "aws_rds_cluster"],
  when: ({ type, body }) => (type === "aws_db_instance" ? body["username"] : body["master_username"]) !== undefined,
  controls: ["RDS.24", "RDS.25"],
  reason: "Attackers who guess passwords try the default user names first.",
  remedy: "Choose another name for the master user of the database.",
  find: attributeByType(
    { aws_db_instance: "username", aws_rds_cluster: "master_username" },
    "a name that is not a default",
    (value) => !DEFAULTS.includes(String(value).toLowerCase()),
  ),
});
