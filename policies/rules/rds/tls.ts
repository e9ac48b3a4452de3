import { finding, isSet, unless } from "../../finders";
import { type JsonObject } from "../../resource";
import { Rule } from "../../rule";
import { isTemplate } from "../../template-text";

function forcesTls({ name, value }: JsonObject): boolean {
  if (name !== "rds.force_ssl" && name !== "require_secure_transport") return false;
  return isTemplate(value) || ["1", "on", "true"].includes(String(value).toLowerCase());
}

export const rdsTls = new Rule({
  id: "rds-tls",
  severity: "error",
  types: ["aws_db_instance", "aws_rds_cluster"],
  when: ({ body }) => body["replicate_source_db"] === undefined,
  controls: ["RDS.38", "RDS.39", "RDS.44"],
  reason: "If the server accepts unencrypted connections, some clients will use them.",
  remedy: "Use a parameter group with rds.force_ssl = 1 (PostgreSQL) or require_secure_transport = ON (MySQL).",
  find: (database, configuration) => {
    const name = database.type === "aws_db_instance" ? "parameter_group_name" : "db_cluster_parameter_group_name";
    const group = database.value(name);
    if (!isSet(group)) return [finding(name, "a parameter group that forces TLS", group)];
    const [found] = configuration.referenced(group);
    const parameters = found?.blocks("parameter");
    if (!parameters) return [];
    return unless(
      parameters.some(forcesTls),
      `${found?.address}.parameter`,
      "rds.force_ssl or require_secure_transport",
      parameters.map((one) => one["name"]),
    );
  },
});
