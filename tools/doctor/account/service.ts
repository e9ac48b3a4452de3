import {
  type ContainerDefinition,
  DescribeServicesCommand,
  DescribeTaskDefinitionCommand,
  type Service,
} from "@aws-sdk/client-ecs";
import { type Target } from "../../deploy/target/target";
import { type DoctorClients } from "../clients";
import { ask, askIfPresent } from "./ask";

/** What the service runs: the task definition of its newest deployment, with every value that Terraform computed. */
export interface Running {
  readonly revision: number;
  readonly image: string;
  /** 1024 are one vCPU. */
  readonly cpuUnits: number;
  readonly executionRoleArn: string;
  readonly containers: readonly ContainerDefinition[];
  /** The application's environment variables. */
  readonly environment: Readonly<Record<string, string>>;
  /** The port that the load balancer sends requests to. */
  readonly port: number;
}

/** Reads the ECS service; `undefined` when nothing is deployed. */
export async function readEcsService(
  { ecs }: DoctorClients,
  { clusterName, serviceName }: Target,
): Promise<Service | undefined> {
  const query = new DescribeServicesCommand({ cluster: clusterName, services: [serviceName] });
  const answer = await askIfPresent("ecs:DescribeServices", ["ClusterNotFoundException"], ecs.send(query));
  return answer?.services?.find(({ status }) => status !== "INACTIVE");
}

export async function readRunning({ ecs }: DoctorClients, service: Service): Promise<Running> {
  const primary = service.deployments?.find(({ status }) => status === "PRIMARY");
  const arn = primary?.taskDefinition ?? service.taskDefinition ?? "";
  const query = new DescribeTaskDefinitionCommand({ taskDefinition: arn });
  const { taskDefinition = {} } = await ask("ecs:DescribeTaskDefinition", ecs.send(query));
  const containers = taskDefinition.containerDefinitions ?? [];
  const app = containers.find(({ portMappings = [] }) => portMappings.length > 0) ?? containers[0] ?? {};
  return {
    revision: taskDefinition.revision ?? Number(arn.split(":").at(-1)),
    image: app.image ?? "",
    cpuUnits: Number(taskDefinition.cpu ?? 0),
    executionRoleArn: taskDefinition.executionRoleArn ?? "",
    containers,
    environment: Object.fromEntries((app.environment ?? []).map(({ name = "", value = "" }) => [name, value])),
    port: app.portMappings?.[0]?.containerPort ?? 0,
  };
}
