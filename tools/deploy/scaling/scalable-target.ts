import {
  DescribeScalableTargetsCommand,
  RegisterScalableTargetCommand,
} from "@aws-sdk/client-application-auto-scaling";
import { type AwsClients } from "../../aws/clients";
import { type Target, type TaskLimits } from "../target/target";

/** What Application Auto Scaling calls the number of a service's tasks. Source: its API reference, ScalableTarget. */
function resourceOf({ clusterName, serviceName }: Target) {
  return {
    ServiceNamespace: "ecs",
    ResourceId: `service/${clusterName}/${serviceName}`,
    ScalableDimension: "ecs:service:DesiredCount",
  } as const;
}

/** Reads the limits that the autoscaler has now; `undefined` when the service has none. */
export async function readLimits({ autoscaling }: AwsClients, target: Target): Promise<TaskLimits | undefined> {
  const { ServiceNamespace, ResourceId, ScalableDimension } = resourceOf(target);
  const query = new DescribeScalableTargetsCommand({ ServiceNamespace, ScalableDimension, ResourceIds: [ResourceId] });
  const { ScalableTargets: [found] = [] } = await autoscaling.send(query);
  return found && { min: found.MinCapacity ?? 0, max: found.MaxCapacity ?? 0 };
}

export async function writeLimits(
  { autoscaling }: AwsClients,
  target: Target,
  { min, max }: TaskLimits,
): Promise<void> {
  const limits = { MinCapacity: min, MaxCapacity: max };
  await autoscaling.send(new RegisterScalableTargetCommand({ ...resourceOf(target), ...limits }));
}
