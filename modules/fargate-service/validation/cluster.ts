import { ARN_TYPES } from "../../core/arn-types";
import { type Checks } from "../../core/checks";
import { type CompleteFargateServiceProps } from "../defaults";

/** Refuses a cluster reference without a name or a valid ARN. */
export function checkCluster(checks: Checks, { cluster }: CompleteFargateServiceProps): void {
  if (cluster === undefined) return;
  const remedy = "Pass the arn and the name of the cluster.";
  checks.required("cluster.name", cluster.name, remedy);
  if (checks.required("cluster.arn", cluster.arn, remedy))
    checks.arn("cluster.arn", cluster.arn, ARN_TYPES.cluster, remedy);
}
