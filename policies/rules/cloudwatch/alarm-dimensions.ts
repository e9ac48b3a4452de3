import { type Configuration } from "../../configuration";
import { finding } from "../../finders";
import { isAwsNamespace, metricsOf } from "../../metrics";
import { Rule } from "../../rule";
import { isTemplate } from "../../template-text";

/** Dimensions that name a resource; others (Region, Rule, AvailabilityZone) do not. */
const SUBJECTS: readonly string[] = [
  "CacheClusterId",
  "ClusterName",
  "DBClusterIdentifier",
  "DBInstanceIdentifier",
  "LoadBalancer",
  "ReplicationGroupId",
  "ServiceName",
  "TargetGroup",
  "WebACL",
];
const NAMES = ["name", "identifier", "cluster_identifier", "replication_group_id"] as const;

/** Nodes of a cache are named after their group: group-001, and group-0001-001 with shards. */
function isNamed(value: unknown, configuration: Configuration): boolean {
  const text = String(value);
  const stems = [text, text.replace(/(-\d{4})?-\d{3}$/, "")];
  return configuration
    .resources("*")
    .some(({ body }) => NAMES.some((name) => (isTemplate(body[name]) ? false : stems.includes(String(body[name])))));
}

export const cloudwatchAlarmDimensions = new Rule({
  id: "cloudwatch-alarm-dimensions",
  severity: "error",
  types: ["aws_cloudwatch_metric_alarm"],
  controls: [],
  reason: "An alarm on a name that does not exist stays silent for ever.",
  remedy: "Refer to the resource instead of writing its name.",
  find: (alarm, configuration) =>
    metricsOf(alarm)
      .filter(({ namespace }) => isAwsNamespace(namespace))
      .flatMap(({ dimensions }) => Object.entries(dimensions))
      .filter(([name, value]) => SUBJECTS.includes(name) && !isTemplate(value) && !isNamed(value, configuration))
      .map(([name, value]) => finding(`dimensions.${name}`, "a resource of this stack", value)),
});
