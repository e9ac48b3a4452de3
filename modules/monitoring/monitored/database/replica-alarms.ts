import { type AlarmSpec } from "../../alarm";
import { databaseEvents } from "../../places";
import { type CompleteThresholds } from "../../thresholds/defaults";
import { databaseMetric } from "./metrics";
import { type MonitoredDatabase } from "./props";

/** Returns an alarm on the lag of each read replica of an RDS instance. */
export function replicaLagAlarms(
  { readReplicaIdentifiers = [] }: MonitoredDatabase,
  { databaseReadReplicaLagSec }: CompleteThresholds,
): AlarmSpec[] {
  return readReplicaIdentifiers.map((identifier, index) => ({
    id: `database-replica-${index + 1}-lag`,
    entry: "database-read-replica-lag",
    wrong: "A read replica is behind its source: what is read from it lacks recent writes.",
    look: [databaseEvents(identifier)],
    first:
      "look for a long query on the replica and for a burst of writes on the source; send reads to the source meanwhile.",
    watch: databaseMetric({ identifier })("ReplicaLag", "Maximum"),
    comparison: ">",
    threshold: databaseReadReplicaLagSec,
    datapoints: 3,
    periods: 5,
    // A replica reports nothing while it restarts; when replication has failed, the event rule reports it.
    missingData: "notBreaching",
  }));
}
