import { type Checks } from "../../core/checks";
import { type CompleteFargateServiceProps } from "../defaults";

/** Refuses an unusable cluster reference and an unknown level of Container Insights. */
export function checkCluster(checks: Checks, { cluster, containerInsights }: CompleteFargateServiceProps): void {
  checks.oneOf(
    "containerInsights",
    containerInsights,
    ["enabled", "enhanced", "disabled"],
    "See the README for what each reports.",
  );
  if (cluster === undefined) return;
  const remedy = "Pass the arn and the name of the cluster.";
  checks.required("cluster.name", cluster.name, remedy);
  if (checks.required("cluster.arn", cluster.arn, remedy)) checks.arn("cluster.arn", cluster.arn, "ecs", remedy);
}
