import {
  DescribeNetworkInterfacesCommand,
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
} from "@aws-sdk/client-ec2";
import {
  CreateClusterCommand,
  DeregisterTaskDefinitionCommand,
  DescribeTasksCommand,
  ListTasksCommand,
  RegisterTaskDefinitionCommand,
  RunTaskCommand,
  type RunTaskCommandInput,
  StopTaskCommand,
  type Task,
} from "@aws-sdk/client-ecs";
import { AwsSimulator } from "../../../tools/simulator/aws-simulator";
import { findPrograms } from "../../../tools/simulator/find-programs";
import { type Clients, clients } from "../../helpers/aws-clients";

const CLUSTER = "crm";
const FAMILY = "crm-migration";
const SPOT_FIRST = [
  { capacityProvider: "FARGATE", weight: 1 },
  { capacityProvider: "FARGATE_SPOT", weight: 3 },
];

let simulator: AwsSimulator;
let aws: Clients;
let network: RunTaskCommandInput["networkConfiguration"];

beforeAll(async () => {
  simulator = await AwsSimulator.start({ python: (await findPrograms()).python });
  aws = clients(simulator.endpoint);
  const { Subnets = [] } = await aws.ec2.send(new DescribeSubnetsCommand({}));
  const { SecurityGroups = [] } = await aws.ec2.send(new DescribeSecurityGroupsCommand({}));
  network = {
    awsvpcConfiguration: { subnets: [Subnets[0]!.SubnetId!], securityGroups: [SecurityGroups[0]!.GroupId!] },
  };
  await aws.ecs.send(
    new CreateClusterCommand({
      clusterName: CLUSTER,
      capacityProviders: ["FARGATE", "FARGATE_SPOT"],
      defaultCapacityProviderStrategy: SPOT_FIRST,
    }),
  );
  await register(FAMILY);
});

afterAll(() => simulator?.stop());

async function register(family: string): Promise<void> {
  await aws.ecs.send(
    new RegisterTaskDefinitionCommand({
      family,
      networkMode: "awsvpc",
      requiresCompatibilities: ["FARGATE"],
      cpu: "256",
      memory: "512",
      containerDefinitions: ["migration", "helper"].map((name) => ({ name, image: "crm" })),
      tags: [{ key: "Environment", value: "dev" }],
    }),
  );
}

async function run(options: Partial<RunTaskCommandInput> = {}): Promise<Task> {
  const call = { cluster: CLUSTER, taskDefinition: FAMILY, networkConfiguration: network, ...options };
  return (await aws.ecs.send(new RunTaskCommand(call))).tasks![0]!;
}

async function look({ taskArn = "" }: Task): Promise<Task> {
  const query = { cluster: CLUSTER, tasks: [taskArn], include: ["TAGS" as const] };
  return (await aws.ecs.send(new DescribeTasksCommand(query))).tasks![0]!;
}

async function untilStopped(task: Task): Promise<Task> {
  let found = await look(task);
  while (found.lastStatus !== "STOPPED") found = await look(task);
  return found;
}

async function interfaces(): Promise<number> {
  return (await aws.ec2.send(new DescribeNetworkInterfacesCommand({}))).NetworkInterfaces!.length;
}

async function list(filter: { readonly family?: string; readonly serviceName?: string }, desiredStatus = "RUNNING") {
  const query = { cluster: CLUSTER, desiredStatus: desiredStatus as "RUNNING" | "STOPPED", ...filter };
  return (await aws.ecs.send(new ListTasksCommand(query))).taskArns!;
}

it.each([
  ["by its launch type", { launchType: "FARGATE" as const }, undefined],
  ["by its own strategy", { capacityProviderStrategy: [{ capacityProvider: "FARGATE", weight: 1 }] }, "FARGATE"],
  [
    "by the base of its strategy",
    { capacityProviderStrategy: [{ capacityProvider: "FARGATE", base: 1 }, SPOT_FIRST[1]!] },
    "FARGATE",
  ],
  ["by the cluster's default strategy", {}, "FARGATE_SPOT"],
])("runs a task on Fargate %s", async (_, options, provider) => {
  const task = await run(options);
  expect([task.launchType, task.capacityProviderName, task.lastStatus]).toEqual(["FARGATE", provider, "PROVISIONING"]);
  await untilStopped(task);
});

it.each([
  [
    "a launch type beside a strategy",
    { launchType: "FARGATE" as const, capacityProviderStrategy: SPOT_FIRST },
    "Specifying both a launch type and capacity provider strategy is not supported. Remove one and try again.",
  ],
  [
    "a provider that the cluster does not have",
    { capacityProviderStrategy: [{ capacityProvider: "machines" }] },
    "a capacity provider that is not associated with the cluster",
  ],
  [
    "instances that the cluster does not have",
    { launchType: "EC2" as const },
    "No Container Instances were found in your cluster.",
  ],
])("refuses %s, as ECS does", async (_, options, message) => {
  await expect(run(options)).rejects.toMatchObject({
    name: "InvalidParameterException",
    message: expect.stringContaining(message) as string,
  });
});

it("ends a task that no program runs, state by state, and frees its network interface", async () => {
  const before = await interfaces();
  const task = await run();
  expect(await interfaces()).toBe(before + 1);
  const states = [await look(task), await look(task)].map(({ lastStatus }) => lastStatus);
  expect(states).toEqual(["PENDING", "RUNNING"]);
  const stopped = await look(task);
  expect(stopped).toMatchObject({
    lastStatus: "STOPPED",
    stopCode: "EssentialContainerExited",
    stoppedReason: "Essential container in task exited",
    containers: [
      { name: "migration", lastStatus: "STOPPED", exitCode: 0 },
      { name: "helper", lastStatus: "STOPPED", exitCode: 0 },
    ],
  });
  expect(stopped.stoppedAt).toBeInstanceOf(Date);
  expect(await look(task)).toEqual(stopped);
  expect(await interfaces()).toBe(before);
});

it("gives a task the tags of its definition, of the call and of ECS", async () => {
  const task = await run({
    propagateTags: "TASK_DEFINITION",
    enableECSManagedTags: true,
    tags: [{ key: "By", value: "hand" }],
  });
  expect((await untilStopped(task)).tags).toEqual([
    { key: "Environment", value: "dev" },
    { key: "By", value: "hand" },
    { key: "aws:ecs:clusterName", value: CLUSTER },
  ]);
});

it("lists a task by its family, also when the revision was deregistered, and by no service", async () => {
  await register("crm");
  const { taskArn } = await run({ taskDefinition: "crm" });
  await aws.ecs.send(new DeregisterTaskDefinitionCommand({ taskDefinition: "crm:1" }));
  expect(await list({ family: "crm" })).toEqual([taskArn]);
  expect(await list({ family: FAMILY })).toEqual([]);
  expect(await list({ serviceName: "crm" })).toEqual([]);
});

it("stops a task, and knows which tasks there are", async () => {
  const task = await run();
  await aws.ecs.send(new StopTaskCommand({ cluster: CLUSTER, task: task.taskArn, reason: "by hand" }));
  expect(await look(task)).toMatchObject({ stopCode: "UserInitiated", stoppedReason: "by hand" });
  expect(await list({ family: FAMILY })).not.toContain(task.taskArn);
  expect(await list({ family: FAMILY }, "STOPPED")).toContain(task.taskArn);
  const unknown = new StopTaskCommand({ cluster: CLUSTER, task: "0123456789abcdef0123456789abcdef" });
  await expect(aws.ecs.send(unknown)).rejects.toMatchObject({ name: "InvalidParameterException" });
});

it("passed every request of AWS's API models", async () => {
  expect((await simulator.report()).refused).toEqual([]);
});
