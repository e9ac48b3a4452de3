import { EcsCluster } from "@cdktf/provider-aws/lib/ecs-cluster";
import { EcsClusterCapacityProviders } from "@cdktf/provider-aws/lib/ecs-cluster-capacity-providers";
import { type ITerraformDependable } from "cdktf";
import { type Construct } from "constructs";
import { physicalName } from "../core/names";
import { type CompleteFargateTaskProps } from "./defaults";
import { type ClusterRef } from "./references";

export interface Cluster extends ClusterRef {
  /** Absent for an existing cluster. */
  readonly resource?: EcsCluster | undefined;
  readonly dependencies: readonly ITerraformDependable[];
}

/** Returns the given cluster, or creates one with both Fargate capacity providers. */
export function createCluster(
  scope: Construct,
  { name, cluster, containerInsights }: Pick<CompleteFargateTaskProps, "name" | "cluster" | "containerInsights">,
): Cluster {
  if (cluster) return { arn: cluster.arn, name: cluster.name, dependencies: [] };
  const clusterName = physicalName([name], { maxLength: 255 });
  const resource = new EcsCluster(scope, "cluster", {
    name: clusterName,
    setting: [{ name: "containerInsights", value: containerInsights }],
  });
  const providers = new EcsClusterCapacityProviders(scope, "capacity-providers", {
    clusterName: resource.name,
    capacityProviders: ["FARGATE", "FARGATE_SPOT"],
    defaultCapacityProviderStrategy: [{ capacityProvider: "FARGATE", weight: 1 }],
  });
  return { arn: resource.arn, name: clusterName, resource, dependencies: [providers] };
}
