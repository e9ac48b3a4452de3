import {
  CreateClusterCommand,
  CreateServiceCommand,
  DeregisterTaskDefinitionCommand,
  DescribeServicesCommand,
  RegisterTaskDefinitionCommand,
  UpdateServiceCommand,
  type Deployment,
} from "@aws-sdk/client-ecs";
import { AwsSimulator } from "../../../tools/simulator/aws-simulator";
import { findPrograms } from "../../../tools/simulator/find-programs";
import { type Clients, clients } from "../../helpers/aws-clients";

describe("an ECS deployment", () => {
  let simulator: AwsSimulator;
  let aws: Clients;
  const service = { cluster: "main", service: "app" };

  beforeAll(async () => {
    simulator = await AwsSimulator.start({ python: (await findPrograms()).python });
    aws = clients(simulator.endpoint);
    await aws.ecs.send(new CreateClusterCommand({ clusterName: "main" }));
    await register();
  });

  afterAll(() => simulator?.stop());

  async function register(): Promise<string> {
    const containerDefinitions = [{ name: "app", image: "app", memory: 128 }];
    const command = new RegisterTaskDefinitionCommand({ family: "app", containerDefinitions });
    return (await aws.ecs.send(command)).taskDefinition?.taskDefinitionArn ?? "";
  }

  async function deployments(): Promise<string[]> {
    const { services } = await aws.ecs.send(new DescribeServicesCommand({ ...service, services: ["app"] }));
    const show = (d: Deployment): string =>
      `${d.status} ${d.taskDefinition?.split("/")[1]} ${d.rolloutState} ${d.runningCount}/${d.desiredCount}`;
    return (services?.[0]?.deployments ?? []).map(show);
  }

  const create = (taskDefinition: string) =>
    aws.ecs.send(new CreateServiceCommand({ cluster: "main", serviceName: "app", taskDefinition, desiredCount: 2 }));

  it("fails when the task definition does not exist", async () => {
    await expect(create("nowhere:3")).rejects.toThrow("Unable to find the task definition nowhere:3.");
  });

  it("is in progress until the desired tasks run", async () => {
    const { service: created } = await create("app:1");
    expect(created?.runningCount).toBe(0);
    expect(await deployments()).toEqual(["PRIMARY app:1 IN_PROGRESS 0/2"]);
    expect(await deployments()).toEqual(["PRIMARY app:1 COMPLETED 2/2"]);
  });

  it("of a new task definition drains the old one", async () => {
    const taskDefinition = await register();
    await aws.ecs.send(new UpdateServiceCommand({ ...service, taskDefinition }));
    expect(await deployments()).toEqual(["PRIMARY app:2 IN_PROGRESS 0/2", "ACTIVE app:1 COMPLETED 2/2"]);
    expect(await deployments()).toEqual(["PRIMARY app:2 COMPLETED 2/2"]);
  });

  it("does not begin for a change of scale", async () => {
    await aws.ecs.send(new UpdateServiceCommand({ ...service, desiredCount: 5 }));
    expect(await deployments()).toEqual(["PRIMARY app:2 COMPLETED 5/5"]);
  });

  it("of an unknown or deregistered task definition fails and changes nothing", async () => {
    const update = (taskDefinition: string) => aws.ecs.send(new UpdateServiceCommand({ ...service, taskDefinition }));
    await expect(update("app:9")).rejects.toThrow("Unable to find the task definition app:9.");
    await aws.ecs.send(new DeregisterTaskDefinitionCommand({ taskDefinition: "app:1" }));
    await expect(update("app:1")).rejects.toThrow("TaskDefinition is inactive: app:1");
    expect(await deployments()).toEqual(["PRIMARY app:2 COMPLETED 5/5"]);
  });
});
