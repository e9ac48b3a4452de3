import { CreateClusterCommand, CreateServiceCommand, RegisterTaskDefinitionCommand } from "@aws-sdk/client-ecs";
import { aws, fresh } from "../simulated";

export async function service(subnets: readonly string[], group: string) {
  const cluster = fresh("cluster");
  await aws.ecs.send(new CreateClusterCommand({ clusterName: cluster }));
  const containerDefinitions = [{ name: "app", image: "app", memory: 128 }];
  await aws.ecs.send(
    new RegisterTaskDefinitionCommand({ family: cluster, containerDefinitions, networkMode: "awsvpc" }),
  );
  const awsvpcConfiguration = { subnets: [...subnets], securityGroups: [group] };
  await aws.ecs.send(
    new CreateServiceCommand({
      cluster,
      serviceName: "s",
      taskDefinition: cluster,
      desiredCount: 1,
      networkConfiguration: { awsvpcConfiguration },
    }),
  );
  return cluster;
}
