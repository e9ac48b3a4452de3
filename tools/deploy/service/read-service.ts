import { type Deployment, DescribeServicesCommand, type Service } from "@aws-sdk/client-ecs";
import { DescribeTargetHealthCommand } from "@aws-sdk/client-elastic-load-balancing-v2";
import { type AwsClients } from "../../aws/clients";
import { DeployError } from "../errors";
import { type Target } from "../target/target";
import { type DeploymentSnapshot, type ServiceSnapshot, type TargetSnapshot } from "./snapshot";

/** Reads the service's state. @throws DeployError when it does not exist */
export async function readService(aws: AwsClients, target: Target): Promise<ServiceSnapshot> {
  const service = await describeService(aws, target);
  const groups = (service.loadBalancers ?? []).flatMap(({ targetGroupArn }) => targetGroupArn ?? []);
  const targets = await Promise.all(groups.map((group) => readTargets(aws, group)));
  return {
    status: service.status ?? "",
    desired: service.desiredCount ?? 0,
    running: service.runningCount ?? 0,
    pending: service.pendingCount ?? 0,
    taskDefinition: service.taskDefinition ?? "",
    deployments: (service.deployments ?? []).map(deploymentSnapshot),
    events: (service.events ?? []).map(({ id = "", createdAt = new Date(0), message = "" }) => ({
      id,
      at: createdAt,
      message: message.replace(`(service ${target.serviceName}) `, ""),
    })),
    targets: targets.flat(),
  };
}

/** Returns the service as ECS describes it. @throws DeployError when it does not exist */
export async function describeService(
  { ecs }: Pick<AwsClients, "ecs">,
  { clusterName, serviceName, stack }: Target,
): Promise<Service> {
  const query = new DescribeServicesCommand({ cluster: clusterName, services: [serviceName] });
  const { services = [] } = await ecs.send(query).catch((error: unknown) => {
    if (error instanceof Error && error.name === "ClusterNotFoundException") return { services: [] };
    throw error;
  });
  const service = services.find(({ status }) => status !== "INACTIVE");
  if (service !== undefined) return service;
  throw new DeployError(
    `${stack}: expected the service ${serviceName} in the cluster ${clusterName}, found none: nothing is deployed there. Run \`make deploy\`.`,
  );
}

function deploymentSnapshot(deployment: Deployment): DeploymentSnapshot {
  return {
    id: deployment.id ?? "",
    isPrimary: deployment.status === "PRIMARY",
    taskDefinition: deployment.taskDefinition ?? "",
    desired: deployment.desiredCount ?? 0,
    running: deployment.runningCount ?? 0,
    pending: deployment.pendingCount ?? 0,
    failed: deployment.failedTasks ?? 0,
    rollout: deployment.rolloutState ?? "COMPLETED",
    reason: deployment.rolloutStateReason ?? "",
    startedAt: deployment.createdAt ?? new Date(0),
  };
}

async function readTargets({ elb }: AwsClients, TargetGroupArn: string): Promise<TargetSnapshot[]> {
  const { TargetHealthDescriptions = [] } = await elb.send(new DescribeTargetHealthCommand({ TargetGroupArn }));
  return TargetHealthDescriptions.map(({ Target: { Id = "", Port } = { Id: "" }, TargetHealth }) => ({
    id: Port === undefined ? Id : `${Id}:${Port}`,
    state: TargetHealth?.State ?? "unknown",
    description: TargetHealth?.Description ?? "",
  }));
}
