import { parseArn } from "../../core/arn";
import { ARN_TYPES } from "../../core/arn-types";
import { type Checks, formatValue } from "../../core/checks";
import { isUnresolved } from "../../core/tokens";
import { type CompleteFargateTaskProps } from "../defaults";

/** Refuses a cluster reference without a name or a valid ARN, or with those of two clusters. */
export function checkCluster(checks: Checks, { cluster }: Pick<CompleteFargateTaskProps, "cluster">): void {
  if (cluster === undefined) return;
  const remedy = "Pass the arn and the name of the cluster.";
  const isNamed = checks.required("cluster.name", cluster.name, remedy);
  if (!checks.required("cluster.arn", cluster.arn, remedy)) return;
  checks.arn("cluster.arn", cluster.arn, ARN_TYPES.cluster, remedy);
  if (!isNamed) return;
  const named = isUnresolved(cluster.arn) ? undefined : parseArn(cluster.arn)?.resource.replace(/^cluster\//, "");
  checks.require(named === undefined || isUnresolved(cluster.name) || cluster.name === named, {
    code: "fargate-service/cluster-name",
    prop: "cluster.name",
    expected: `${formatValue(named)}, the name in cluster.arn`,
    got: formatValue(cluster.name),
    remedy: "Autoscaling and alarms look for the service by this name.",
  });
}
