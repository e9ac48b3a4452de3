import { readFileSync } from "node:fs";
import { join } from "node:path";
import { CreateLogGroupCommand, FilterLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import {
  CreateClusterCommand,
  CreateServiceCommand,
  DeleteServiceCommand,
  DescribeServicesCommand,
  DescribeTasksCommand,
  ListTasksCommand,
  RegisterTaskDefinitionCommand,
  RunTaskCommand,
  type Service,
  StopTaskCommand,
  type Task,
  UpdateServiceCommand,
} from "@aws-sdk/client-ecs";
import { DescribeSecurityGroupsCommand, DescribeSubnetsCommand, DescribeVpcsCommand } from "@aws-sdk/client-ec2";
import { CreateTargetGroupCommand, DescribeTargetHealthCommand } from "@aws-sdk/client-elastic-load-balancing-v2";
import { AwsSimulator } from "../../tools/simulator/aws-simulator";
import { findPrograms } from "../../tools/simulator/find-programs";
import { type StateJson } from "../../tools/terraform/state-json";
import { EcsCompute } from "../../tools/twin/behind-ecs/ecs-compute";
import { type Clients, clients } from "../helpers/aws-clients";
import { FIXTURE_IMAGE } from "./applied-topology";
import { get } from "./requests";
import { withShortTimes } from "./short-times";

const NAME = "messenger-crm-dev";
const LOG_GROUP = "/ecs/messenger-crm-dev";
const STATE = join(__dirname, "../tools/twin/fixtures/dev-state.json");

const applied = JSON.parse(readFileSync(STATE, "utf8")) as StateJson;
const valuesOf = (type: string) =>
  applied.values!.root_module!.resources!.find((resource) => resource.type === type)!.values;

/** The simulator's own, in place of the one in the applied state. */
let targetGroupArn: string;
let simulator: AwsSimulator;
let compute: EcsCompute;
let aws: Clients;
let hasImage = true;

beforeAll(async () => {
  simulator = await AwsSimulator.start({ python: (await findPrograms()).python });
  aws = clients(simulator.endpoint);
  targetGroupArn = await createTargetGroup();
  await aws.logs.send(new CreateLogGroupCommand({ logGroupName: LOG_GROUP }));
  compute = await EcsCompute.start({
    endpoint: simulator.endpoint,
    cluster: NAME,
    service: NAME,
    showState: () => Promise.resolve(stateWithTargetGroup()),
    imageOf: () => {
      if (!hasImage) throw new Error("no such image");
      return FIXTURE_IMAGE;
    },
    adjust: (topology) => withShortTimes(topology),
  });
});

afterAll(async () => {
  await compute?.stop();
  await simulator?.stop();
});

async function createTargetGroup(): Promise<string> {
  const { Vpcs = [] } = await aws.ec2.send(new DescribeVpcsCommand({}));
  const group = { Name: NAME, Port: 3000, Protocol: "HTTP", TargetType: "ip", VpcId: Vpcs[0]!.VpcId } as const;
  const { TargetGroups = [] } = await aws.elb.send(new CreateTargetGroupCommand(group));
  return TargetGroups[0]!.TargetGroupArn!;
}

function stateWithTargetGroup(): StateJson {
  const old = String(valuesOf("aws_lb_target_group")["arn"]);
  return JSON.parse(JSON.stringify(applied).replaceAll(old, targetGroupArn)) as StateJson;
}

/** A task beside the service: its migration alone. Returns it as it ended. */
async function runMigration(environment: Readonly<Record<string, string>>, stopWhen = ""): Promise<Task> {
  const { container_definitions: text } = valuesOf("aws_ecs_task_definition") as Record<string, string>;
  const migration = (JSON.parse(text!) as { name: string }[]).find(({ name }) => name === "migration")!;
  const family = `${NAME}-migration`;
  await aws.ecs.send(
    new RegisterTaskDefinitionCommand({
      family,
      networkMode: "awsvpc",
      requiresCompatibilities: ["FARGATE"],
      cpu: "256",
      memory: "512",
      volumes: [{ name: "tmp" }],
      containerDefinitions: [{ ...migration, essential: true }],
    }),
  );
  const { networkConfiguration } = await service();
  const variables = Object.entries(environment).map(([name, value]) => ({ name, value }));
  const { tasks: started = [] } = await aws.ecs.send(
    new RunTaskCommand({
      cluster: NAME,
      taskDefinition: family,
      launchType: "FARGATE",
      networkConfiguration,
      overrides: { containerOverrides: [{ name: "migration", environment: variables }] },
    }),
  );
  const { taskArn } = started[0]!;
  const query = new DescribeTasksCommand({ cluster: NAME, tasks: [taskArn!] });
  for (;;) {
    const task = (await aws.ecs.send(query)).tasks![0]!;
    if (task.lastStatus === "STOPPED") return task;
    if (task.lastStatus === stopWhen) await aws.ecs.send(new StopTaskCommand({ cluster: NAME, task: taskArn }));
    await new Promise((next) => setTimeout(next, 100));
  }
}

/** Registers dev's task definition, with more variables in its containers. Returns the ARN. */
async function register(environment: Readonly<Record<string, string>> = {}): Promise<string> {
  const { cpu, memory, container_definitions: text } = valuesOf("aws_ecs_task_definition") as Record<string, string>;
  const containers = JSON.parse(text!) as { environment: { name: string; value: string }[] }[];
  const variables = Object.entries(environment).map(([name, value]) => ({ name, value }));
  const { taskDefinition } = await aws.ecs.send(
    new RegisterTaskDefinitionCommand({
      family: NAME,
      cpu,
      memory,
      networkMode: "awsvpc",
      requiresCompatibilities: ["FARGATE"],
      volumes: [{ name: "tmp" }],
      containerDefinitions: containers.map((each) => ({ ...each, environment: [...each.environment, ...variables] })),
    }),
  );
  return taskDefinition!.taskDefinitionArn!;
}

async function service(): Promise<Service> {
  return (await aws.ecs.send(new DescribeServicesCommand({ cluster: NAME, services: [NAME] }))).services![0]!;
}

async function update(taskDefinition: string): Promise<void> {
  await aws.ecs.send(new UpdateServiceCommand({ cluster: NAME, service: NAME, taskDefinition }));
}

/** Waits until one deployment is left and complete. */
async function untilSteady(): Promise<Service> {
  return until(({ deployments = [], runningCount, desiredCount }) => {
    const [only, ...others] = deployments;
    return only?.rolloutState === "COMPLETED" && others.length === 0 && runningCount === desiredCount;
  });
}

async function until(condition: (service: Service) => boolean): Promise<Service> {
  for (;;) {
    const found = await service();
    if (condition(found)) return found;
    await new Promise((next) => setTimeout(next, 100));
  }
}

async function tasks(desiredStatus: "RUNNING" | "STOPPED"): Promise<Task[]> {
  const { taskArns = [] } = await aws.ecs.send(new ListTasksCommand({ cluster: NAME, family: NAME, desiredStatus }));
  if (taskArns.length === 0) return [];
  return (await aws.ecs.send(new DescribeTasksCommand({ cluster: NAME, tasks: taskArns }))).tasks ?? [];
}

function idOf(taskArn = ""): string {
  return taskArn.split("/").at(-1)!;
}

/** Waits for the lines of a stream: they follow the report that the task runs or has ended. */
async function linesOf(logStreamName: string): Promise<(string | undefined)[]> {
  for (;;) {
    const query = new FilterLogEventsCommand({ logGroupName: LOG_GROUP, logStreamNames: [logStreamName] });
    const { events = [] } = await aws.logs.send(query).catch(() => ({ events: [] }));
    if (events.length > 0) return events.map(({ message }) => message);
    await new Promise((next) => setTimeout(next, 100));
  }
}

async function targetStates(): Promise<string[]> {
  const query = new DescribeTargetHealthCommand({ TargetGroupArn: targetGroupArn });
  const { TargetHealthDescriptions = [] } = await aws.elb.send(query);
  return TargetHealthDescriptions.map(({ TargetHealth }) => TargetHealth?.State ?? "");
}

it("runs nothing before the service exists", () => {
  expect(compute.isRunning).toBe(false);
  expect(() => compute.twin).toThrow(`${NAME}: expected running tasks, found none: ECS has no such service.`);
});

it("completes the first deployment when the tasks are healthy, and not before", async () => {
  await aws.ecs.send(new CreateClusterCommand({ clusterName: NAME }));
  const { Subnets = [] } = await aws.ec2.send(new DescribeSubnetsCommand({}));
  const { SecurityGroups = [] } = await aws.ec2.send(new DescribeSecurityGroupsCommand({}));
  await aws.ecs.send(
    new CreateServiceCommand({
      cluster: NAME,
      serviceName: NAME,
      taskDefinition: await register(),
      desiredCount: 2,
      launchType: "FARGATE",
      loadBalancers: [{ targetGroupArn, containerName: "app", containerPort: 3000 }],
      networkConfiguration: {
        awsvpcConfiguration: { subnets: [Subnets[0]!.SubnetId!], securityGroups: [SecurityGroups[0]!.GroupId!] },
      },
      deploymentConfiguration: { deploymentCircuitBreaker: { enable: true, rollback: true } },
    }),
  );
  // The simulator alone would complete it at the second look.
  for (let look = 0; look < 3; look++) expect((await service()).deployments![0]!.rolloutState).toBe("IN_PROGRESS");
  const steady = await untilSteady();
  expect(steady.events!.map(({ message }) => message)).toContainEqual(
    expect.stringMatching(/^\(service messenger-crm-dev\) .*has reached a steady state$/),
  );
  expect(await targetStates()).toEqual(["healthy", "healthy"]);
  expect((await tasks("RUNNING")).map(({ lastStatus, healthStatus }) => [lastStatus, healthStatus])).toEqual([
    ["RUNNING", "HEALTHY"],
    ["RUNNING", "HEALTHY"],
  ]);
  expect((await get(compute.twin.url)).status).toBe(200);
});

it("sends the containers' output to CloudWatch Logs, under the names of the awslogs driver", async () => {
  for (const { taskArn } of await tasks("RUNNING")) {
    expect(await linesOf(`migration/migration/${idOf(taskArn)}`)).toEqual([
      expect.stringMatching(/^migrates with .*DATABASE_URL/),
    ]);
  }
});

it("replaces a task that StopTask stops", async () => {
  const [first] = await tasks("RUNNING");
  await aws.ecs.send(new StopTaskCommand({ cluster: NAME, task: first!.taskArn! }));
  await until(({ runningCount }) => runningCount !== 2);
  await untilSteady();
  // It may still drain while the service is steady again.
  let stopped = await tasks("STOPPED");
  while (stopped.some(({ lastStatus }) => lastStatus !== "STOPPED")) stopped = await tasks("STOPPED");
  expect(stopped.map(({ taskArn, stopCode }) => [taskArn, stopCode])).toEqual([[first!.taskArn, "UserInitiated"]]);
});

it("runs a task that RunTask starts, beside the service, to its exit code", async () => {
  const before = compute.twin.tasks().map(({ id }) => id);
  const succeeded = await runMigration({ FIXTURE_MIGRATION_MS: "500" });
  expect(succeeded).toMatchObject({
    stopCode: "EssentialContainerExited",
    containers: [{ name: "migration", lastStatus: "STOPPED", exitCode: 0 }],
  });
  expect(await linesOf(`migration/migration/${idOf(succeeded.taskArn)}`)).toEqual([
    expect.stringMatching(/^migrates with .*DATABASE_URL .*FIXTURE_MIGRATION_MS/),
  ]);
  const failed = await runMigration({ FIXTURE_MIGRATION: "78" });
  expect(failed.containers).toEqual([expect.objectContaining({ name: "migration", exitCode: 78 })]);
  const stopped = await runMigration({ FIXTURE_MIGRATION_MS: "600000" }, "RUNNING");
  expect(stopped).toMatchObject({ stopCode: "UserInitiated", containers: [{ name: "migration", exitCode: 143 }] });
  expect(compute.twin.tasks().map(({ id }) => id)).toEqual(before);
  expect((await untilSteady()).runningCount).toBe(2);
});

it("says why a task did not start, and runs the service on", async () => {
  hasImage = false;
  const refused = await runMigration({});
  hasImage = true;
  expect(refused).toMatchObject({
    stopCode: "TaskFailedToStart",
    stoppedReason: "CannotPullContainerError: no such image",
  });
  expect((await untilSteady()).runningCount).toBe(2);
});

it("deploys another task definition task by task", async () => {
  const before = compute.twin.tasks().map(({ id }) => id);
  const next = await register({ RELEASE: "2" });
  await update(next);
  const during = await until(({ deployments = [] }) => deployments.length === 2 && deployments[0]!.runningCount! > 0);
  expect(during.deployments!.map(({ status }) => status)).toEqual(["PRIMARY", "ACTIVE"]);
  const after = await untilSteady();
  expect(after.taskDefinition).toBe(next);
  expect(compute.twin.tasks().map(({ id }) => id)).not.toEqual(before);
  const { body } = await get(compute.twin.url);
  expect(body["environment"]).toMatchObject({ RELEASE: "2" });
});

it("rolls a broken task definition back, and says why its tasks stopped", async () => {
  const { taskDefinition: good } = await service();
  const broken = await register({ FIXTURE_SERVER: "exit" });
  await update(broken);
  const rolledBack = await until(({ deployments = [] }) => deployments[0]?.taskDefinition === good);
  expect(rolledBack.taskDefinition).toBe(good);
  await untilSteady();
  const { events } = await service();
  expect(events!.map(({ message }) => message).join("\n")).toMatch(/is rolling back to deployment-/);
  const stopped = (await tasks("STOPPED")).filter(({ taskDefinitionArn }) => taskDefinitionArn === broken);
  const failed = stopped.filter(({ stopCode }) => stopCode === "EssentialContainerExited");
  expect(failed.length).toBeGreaterThanOrEqual(3);
  for (const { containers } of failed) {
    expect(containers).toContainEqual(expect.objectContaining({ name: "app", exitCode: 1 }));
  }
  for (const { taskArn } of failed) expect(await linesOf(`app/app/${idOf(taskArn)}`)).toEqual(["refuses to start"]);
  expect((await get(compute.twin.url)).status).toBe(200);
});

it("follows the task count, and stops with the service", async () => {
  await aws.ecs.send(new UpdateServiceCommand({ cluster: NAME, service: NAME, desiredCount: 1 }));
  await untilSteady();
  await compute.twin.until(({ tasks }) => tasks.length === 1);
  await aws.ecs.send(new UpdateServiceCommand({ cluster: NAME, service: NAME, desiredCount: 0 }));
  await untilSteady();
  await aws.ecs.send(new DeleteServiceCommand({ cluster: NAME, service: NAME }));
  while (compute.isRunning) await new Promise((next) => setTimeout(next, 100));
});

it("passed every request of AWS's API models", async () => {
  expect((await simulator.report()).refused).toEqual([]);
});
