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

const namesOf = new WeakMap<Configuration, ReadonlySet<unknown>>();

/** Every name that a resource of the stack has; the same for all alarms. */
function allNames(configuration: Configuration): ReadonlySet<unknown> {
  const known = namesOf.get(configuration);
  if (known) return known;
  const names = new Set(configuration.resources("*").flatMap(({ body }) => NAMES.map((name) => body[name])));
  namesOf.set(configuration, names);
  return names;
}

/** Nodes of a cache are named after their group: group-001, and group-0001-001 with shards. */
function isNamed(value: unknown, configuration: Configuration): boolean {
  const names = allNames(configuration);
  return names.has(value) || names.has(String(value).replace(/(-\d{4})?-\d{3}$/, ""));
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
