import { CloudwatchEventRule } from "@cdktf/provider-aws/lib/cloudwatch-event-rule";
import { CloudwatchEventTarget } from "@cdktf/provider-aws/lib/cloudwatch-event-target";
import { type Construct } from "constructs";
import { physicalName } from "../../../core/names";
import { type MonitoredDatabase } from "./alarms";

export interface DatabaseEvents {
  readonly name: string;
  readonly topicArn: string;
  readonly database: Pick<MonitoredDatabase, "identifier" | "isCluster" | "readReplicaIdentifiers">;
}

/** What somebody should know at once; the rest (backups, creation, tags) is the ordinary life of a database. */
const CATEGORIES = ["availability", "failover", "failure", "low storage", "maintenance"];

/**
 * Tells the topic of failovers, failures, full disks and maintenance, which no metric names as what they are. Through EventBridge,
 * which may publish to the topic already, instead of an RDS event subscription, which would need a permission and a key grant more.
 * Source: RDS user guide, "Creating a rule that triggers on an Amazon RDS event".
 */
export function createDatabaseEvents(scope: Construct, { name, topicArn, database }: DatabaseEvents): void {
  const rule = new CloudwatchEventRule(scope, "database-events", {
    name: physicalName([name, "database-events"], { maxLength: 64 }),
    description: `RDS tells of failovers, failures, full disks and maintenance of the database of ${name}`,
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
    rule: rule.name,
    arn: topicArn,
    inputTransformer: {
      inputPaths: { source: "$.detail.SourceIdentifier", message: "$.detail.Message" },
      inputTemplate: '"Database <source>: <message>"',
    },
  });
}
