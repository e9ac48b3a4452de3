import { type Configuration } from "../../configuration";
import { unless } from "../../finders";
import { type Resource } from "../../resource";
import { Rule } from "../../rule";
import { isTemplate } from "../../template-text";

/** Whether the subscription covers the database. One without source ids covers all databases of the account. */
function covers(subscription: Resource, database: Resource, configuration: Configuration): boolean {
  const sources = subscription.list("source_ids");
  return !sources || sources.length === 0 || configuration.mayPointAt([...sources], database);
}

/** Whether the event pattern matches the database. One without a SourceIdentifier matches all databases. */
function matches(pattern: unknown, database: Resource, configuration: Configuration): boolean {
  if (typeof pattern !== "string" || !pattern.includes('"aws.rds"'))
    return isTemplate(pattern) && !String(pattern).startsWith("{");
  if (!pattern.includes('"SourceIdentifier"')) return true;
  const names = [database.value("identifier"), database.value("cluster_identifier")];
  return (
    configuration.referenced(pattern).includes(database) || names.some((name) => pattern.includes(`"${String(name)}"`))
  );
}

export const rdsEvents = new Rule({
  id: "rds-events",
  severity: "error",
  tiers: ["production"],
  types: ["aws_db_instance", "aws_rds_cluster"],
  controls: ["RDS.19", "RDS.20"],
  reason: "RDS reports failovers, full storage and maintenance only as events.",
  remedy: "Add an aws_db_event_subscription, or an EventBridge rule for aws.rds, with a target.",
  find: (database, configuration) => {
    const subscribed = configuration
      .resources("aws_db_event_subscription")
      .some((one) => covers(one, database, configuration));
    const ruled = configuration
      .resources("aws_cloudwatch_event_rule")
      .some(({ body }) => matches(body["event_pattern"], database, configuration));
    return unless(subscribed || ruled, "aws_db_event_subscription", "one that covers this database", undefined);
  },
});
