import { CloudwatchEventRule } from "@cdktf/provider-aws/lib/cloudwatch-event-rule";
import { CloudwatchEventTarget } from "@cdktf/provider-aws/lib/cloudwatch-event-target";
import { type TerraformProvider } from "cdktf";
import { type Construct } from "constructs";
import { physicalName } from "../../../core/names";
import { type MonitoredDatabase } from "./props";

export interface DatabaseEvents {
  readonly name: string;
  readonly topicArn: string;
  readonly provider: TerraformProvider | undefined;
  readonly database: Pick<MonitoredDatabase, "identifier" | "isCluster" | "readReplicaIdentifiers">;
}

/** Events that need attention at once; others (backups, creation, tags) are routine. */
const CATEGORIES = ["availability", "failover", "failure", "low storage", "maintenance"];

/**
 * Sends failovers, failures, full disks and maintenance to the topic; no metric identifies them. It uses EventBridge, which may
 * already publish to the topic, because an RDS event subscription would need another permission and another key grant.
 * Source: RDS user guide, "Creating a rule that triggers on an Amazon RDS event".
 */
export function createDatabaseEvents(scope: Construct, { name, topicArn, provider, database }: DatabaseEvents): void {
  const rule = new CloudwatchEventRule(scope, "database-events", {
    provider,
    name: physicalName([name, "database-events"], { maxLength: 64 }),
    description: `Failovers, failures, full disks and maintenance of the database of ${name}`,
    eventPattern: JSON.stringify({
      source: ["aws.rds"],
      "detail-type": [database.isCluster ? "RDS DB Cluster Event" : "RDS DB Instance Event"],
      detail: {
        SourceIdentifier: [database.identifier, ...(database.readReplicaIdentifiers ?? [])],
        EventCategories: CATEGORIES,
      },
    }),
  });
  new CloudwatchEventTarget(scope, "database-events-target", {
    provider,
    rule: rule.name,
    arn: topicArn,
    inputTransformer: {
      inputPaths: { source: "$.detail.SourceIdentifier", message: "$.detail.Message" },
      inputTemplate: '"Database <source>: <message>"',
    },
  });
}
