import { type Configuration } from "../../configuration";
import { finding } from "../../finders";
import { isAwsNamespace, metricsOf } from "../../metrics";
import { Rule } from "../../rule";
import { isTemplate } from "../../template-text";

/** Dimensions whose value is the name of a resource. Others (Region, Rule, AvailabilityZone) are not checked. */
const RESOURCE_DIMENSIONS: readonly string[] = [
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

/** Returns the names of all resources of the stack, collected once per stack. */
function allNames(configuration: Configuration): ReadonlySet<unknown> {
  const known = namesOf.get(configuration);
  if (known) return known;
  const names = new Set(configuration.resources("*").flatMap(({ body }) => NAMES.map((name) => body[name])));
  namesOf.set(configuration, names);
  return names;
}

/** Cache nodes are named after their replication group: group-001, or group-0001-001 with shards. */
function isResourceName(value: unknown, configuration: Configuration): boolean {
  const names = allNames(configuration);
  return names.has(value) || names.has(String(value).replace(/(-\d{4})?-\d{3}$/, ""));
}

export const cloudwatchAlarmDimensions = new Rule({
  id: "cloudwatch-alarm-dimensions",
  severity: "error",
  types: ["aws_cloudwatch_metric_alarm"],
  controls: [],
  reason: "An alarm on a resource name that does not exist never fires.",
  remedy: "Reference the resource's attribute instead of writing its name.",
  find: (alarm, configuration) =>
    metricsOf(alarm)
      .filter(({ namespace }) => isAwsNamespace(namespace))
      .flatMap(({ dimensions }) => Object.entries(dimensions))
      .filter(
        ([name, value]) =>
          RESOURCE_DIMENSIONS.includes(name) && !isTemplate(value) && !isResourceName(value, configuration),
      )
      .map(([name, value]) => finding(`dimensions.${name}`, "a resource of this stack", value)),
});
