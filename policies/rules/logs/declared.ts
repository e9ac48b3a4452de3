import { containersOf } from "../../containers";
import { finding } from "../../finders";
import { isObject, type Resource } from "../../resource";
import { Rule } from "../../rule";
import { isTemplate } from "../../template-text";

function containerGroups(taskDefinition: Resource): readonly unknown[] {
  return containersOf(taskDefinition).flatMap(({ logConfiguration }) => {
    if (!isObject(logConfiguration) || logConfiguration["logDriver"] !== "awslogs") return [];
    const options = logConfiguration["options"];
    return isObject(options) ? [options["awslogs-group"]] : [];
  });
}

/** Source of the names: RDS user guide, "Publishing database logs to Amazon CloudWatch Logs". */
function databaseGroups(database: Resource): readonly unknown[] {
  const [kind, attribute] =
    database.type === "aws_db_instance" ? ["instance", "identifier"] : ["cluster", "cluster_identifier"];
  const exports = database.list("enabled_cloudwatch_logs_exports") ?? [];
  const identifier = database.value(attribute ?? "");
  if (typeof identifier !== "string") return [];
  return exports.map((log) => (isTemplate(log) ? log : `/aws/rds/${kind}/${identifier}/${String(log)}`));
}

export const logsDeclared = new Rule({
  id: "logs-declared",
  severity: "error",
  types: ["aws_ecs_task_definition", "aws_db_instance", "aws_rds_cluster"],
  controls: [],
  reason:
    "A log group that AWS creates implicitly never expires, has no customer managed key and is in no Terraform state.",
  remedy: "Declare an aws_cloudwatch_log_group with that name and a retention.",
  find: (resource, configuration) => {
    const names = resource.type === "aws_ecs_task_definition" ? containerGroups(resource) : databaseGroups(resource);
    const declared = configuration.resources("aws_cloudwatch_log_group").map(({ body }) => body["name"]);
    return names
      .filter((name) => !isTemplate(name) && !declared.some((group) => group === name || isTemplate(group)))
      .map((name) => finding("aws_cloudwatch_log_group", `one named ${String(name)}`, undefined));
  },
});
